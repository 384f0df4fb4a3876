package io.acmpintune.engine.safety;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.AuditValues;

/** Writes the audit entries of pressed stops after the fact: a stop does not wait for the audit. */
class StopAudit {

    private static final Logger log = LoggerFactory.getLogger(StopAudit.class);
    private static final int BATCH = 100;

    private final StopRepository stops;
    private final Audit audit;
    private final TransactionOperations transactions;
    private final Executor executor;

    StopAudit(StopRepository stops, Audit audit, TransactionOperations transactions, Executor executor) {
        this.stops = stops;
        this.audit = audit;
        this.transactions = transactions;
        this.executor = executor;
    }

    /** As {@link #catchUp}, without waiting. */
    CompletableFuture<Void> catchUpSoon() {
        return CompletableFuture.runAsync(this::catchUp, executor);
    }

    /** Writes the entries that are missing; a failure is logged, and the entries stay missing until the next call. */
    void catchUp() {
        try {
            transactions.executeWithoutResult(_ -> audit.record(entries()));
        } catch (RuntimeException e) {
            log.error("The audit entry of an emergency stop cannot be written yet: {}", e.getMessage());
        }
    }

    private List<AuditEvent> entries() {
        return stops.takeUnaudited(BATCH)
                .stream()
                .map(stop -> about(stop.scope(), AuditEventType.EMERGENCY_STOP_PRESSED, stop.by())
                        .changing(AuditValues.none().with("stopped", false),
                                AuditValues.none().with("stopped", true).with("pressedAt", stop.at()))
                        .because(stop.reason()))
                .toList();
    }

    static AuditEvent about(String scope, AuditEventType event, String by) {
        AuditEvent about = AuditEvent.of(event, by).to(AuditTarget.Kind.EMERGENCY_STOP, scope);
        return scope.equals(EmergencyStop.ALL) ? about : about.in(scope);
    }
}
