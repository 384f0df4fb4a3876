package io.acmpintune.engine.audit;

import java.time.InstantSource;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** The audit, for tests of what is recorded. */
public final class TestAudit {

    private TestAudit() {}

    public static AuditTrail trail(JdbcClient jdbc, InstantSource clock, TransactionOperations transactions) {
        return new AuditTrail(new AuditRepository(jdbc, JsonMapper.shared()), on(jdbc, clock), jdbc, transactions);
    }

    public static Audit on(JdbcClient jdbc, InstantSource clock, AuditListener... listeners) {
        return new Audit(new AuditRepository(jdbc, JsonMapper.shared()), List.of(listeners), clock);
    }
}
