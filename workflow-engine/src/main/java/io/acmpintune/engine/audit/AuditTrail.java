package io.acmpintune.engine.audit;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The audit, to be read and verified. */
@Component
public class AuditTrail {

    private static final int PAGE = 1_000;

    private final AuditRepository entries;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    AuditTrail(AuditRepository entries, Audit audit, JdbcClient jdbc, TransactionOperations transactions) {
        this.entries = entries;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * A page, in the order of the entries.
     *
     * @param after the number of the last entry read; 0 = from the start
     */
    public List<AuditEntry> page(AuditFilter filter, long after, int limit) {
        return entries.page(filter, after, limit);
    }

    /**
     * A page, the newest first.
     *
     * @param before the number of the last entry read; {@link Long#MAX_VALUE} = from the newest
     */
    public List<AuditEntry> newest(AuditFilter filter, long before, int limit) {
        return entries.newest(filter, before, limit);
    }

    public Optional<AuditEntry> find(long seq) {
        return entries.find(seq);
    }

    /** Gives every entry that the filter admits to the consumer, holding a page of them at a time. */
    public void forEach(AuditFilter filter, Consumer<AuditEntry> consumer) {
        long after = 0;
        List<AuditEntry> page;
        do {
            page = entries.page(filter, after, PAGE);
            page.forEach(consumer);
            after = page.isEmpty() ? after : page.getLast().seq();
        } while (page.size() == PAGE);
    }

    /**
     * Computes the whole chain again, as it stands at this moment, and records that somebody had it done.
     *
     * @param witness what an earlier verification answered, to find a chain that was computed anew as a whole
     * @param actor who wants to know
     */
    public Verification verify(Verification.@Nullable Witness witness, String actor) {
        Verification verification = verify(witness);
        transactions.executeWithoutResult(_ -> audit.record(AuditEvent.of(AuditedEvent.AUDIT_VERIFIED, actor)
                .to(Target.Kind.AUDIT, "chain")
                .changing(null,
                        Facts.none()
                                .with("entries", verification.entries())
                                .with("intact", verification.intact())
                                .with("findings", verification.found()))));
        return verification;
    }

    Verification verify(Verification.@Nullable Witness witness) {
        return transactions.execute(_ -> {
            jdbc.sql("set transaction isolation level repeatable read, read only").update();
            ChainCheck check = new ChainCheck(entries.head(), witness);
            entries.forEachStored(check::next);
            return check.end();
        });
    }
}
