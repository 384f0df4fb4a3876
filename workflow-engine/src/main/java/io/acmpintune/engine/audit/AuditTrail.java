package io.acmpintune.engine.audit;

import java.util.List;
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
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    AuditTrail(AuditRepository entries, JdbcClient jdbc, TransactionOperations transactions) {
        this.entries = entries;
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
     * Computes the whole chain again, as it stands at this moment.
     *
     * @param witness what an earlier verification answered, to find a chain that was computed anew as a whole
     */
    public Verification verify(Verification.@Nullable Witness witness) {
        return transactions.execute(_ -> {
            jdbc.sql("set transaction isolation level repeatable read, read only").update();
            ChainCheck check = new ChainCheck(entries.head(), witness);
            entries.forEachStored(check::next);
            return check.end();
        });
    }
}
