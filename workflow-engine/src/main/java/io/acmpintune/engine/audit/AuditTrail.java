package io.acmpintune.engine.audit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** Reads and verifies the audit. */
@Component
public class AuditTrail {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final AuditRepository entries;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Semaphore running = new Semaphore(1);

    AuditTrail(AuditRepository entries, Audit audit, JdbcClient jdbc, TransactionOperations transactions) {
        this.entries = entries;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * Returns a page, oldest first.
     *
     * @param after the last entry read; 0 for the first page
     */
    public List<AuditEntry> page(AuditFilter filter, long after, int limit) {
        return entries.page(filter, after, limit);
    }

    /**
     * Returns a page, newest first.
     *
     * @param before the last entry read; {@link Long#MAX_VALUE} for the first page
     */
    public List<AuditEntry> newest(AuditFilter filter, long before, int limit) {
        return entries.newest(filter, before, limit);
    }

    /** Returns how many entries there are; it only grows. */
    public long position() {
        return entries.head().count();
    }

    public Optional<AuditEntry> find(long seq) {
        return entries.find(seq);
    }

    /**
     * Verifies the whole chain in one snapshot, and records the verification. One at a time, because each reads the whole audit.
     *
     * @param checkpoint the result of an earlier verification, which reveals a chain that was recomputed as a whole
     * @param actor who verifies
     * @throws ProblemException 429 while another verification is running
     */
    public ChainVerification verify(ChainVerification.@Nullable Checkpoint checkpoint, String actor) {
        if (!running.tryAcquire()) {
            throw new ProblemException(Problem.of(ProblemKind.AUDIT_VERIFICATION_RUNNING,
                    "This engine is verifying the audit already.", "Wait until that has ended, and verify again."),
                    RETRY_AFTER);
        }
        ChainVerification verification;
        try {
            verification = verify(checkpoint);
        } finally {
            running.release();
        }
        transactions.executeWithoutResult(_ -> audit.record(AuditEvent.of(AuditEventType.AUDIT_VERIFIED, actor)
                .to(AuditTarget.Kind.AUDIT, "chain")
                .changing(null,
                        AuditValues.none()
                                .with("entries", verification.entries())
                                .with("intact", verification.intact())
                                .with("findings", verification.found()))));
        return verification;
    }

    ChainVerification verify(ChainVerification.@Nullable Checkpoint checkpoint) {
        return transactions.execute(_ -> {
            jdbc.sql("set transaction isolation level repeatable read, read only").update();
            ChainVerifier check = new ChainVerifier(entries.head(), checkpoint);
            entries.forEachStored(check::next);
            return check.end();
        });
    }
}
