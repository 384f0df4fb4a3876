package io.acmpintune.engine.audit;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.csv.Csv;

/**
 * Exports the audit as CSV. The formula guard changes some cells, which {@code docs/audit.md} describes for those who verify the
 * hashes of an export.
 */
@Component
public class AuditExport {

    private static final List<String> COLUMNS = List.of("seq", "at", "actor", "on_behalf_of", "event", "workflow",
            "target_kind", "target_id", "correlation", "before", "after", "reason", "previous_hash", "hash");
    private static final int PAGE = 1_000;

    private final AuditTrail trail;
    private final Audit audit;
    private final TransactionOperations transactions;

    AuditExport(AuditTrail trail, Audit audit, TransactionOperations transactions) {
        this.trail = trail;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** Records the export; call it before the first byte is sent. */
    public void begin(String actor) {
        transactions.executeWithoutResult(_ -> audit
                .record(AuditEvent.of(AuditEventType.AUDIT_EXPORTED, actor).to(AuditTarget.Kind.AUDIT, "csv")));
    }

    /** Writes the entries that match the filter, a page at a time. Ends early when the reader has disconnected. */
    public void write(AuditFilter filter, PrintWriter out) {
        out.write(Csv.line(COLUMNS));
        long after = 0;
        List<AuditEntry> page;
        do {
            page = trail.page(filter, after, PAGE);
            page.forEach(entry -> out.write(line(entry)));
            after = page.isEmpty() ? after : page.getLast().seq();
        } while (page.size() == PAGE && !out.checkError());
        out.flush();
    }

    private static String line(AuditEntry entry) {
        return Csv.line(Arrays.<@Nullable String>asList(Long.toString(entry.seq()), entry.time(), entry.actor(),
                entry.onBehalfOf(), entry.event(), entry.workflow(), entry.targetKind(), entry.targetId(),
                json(entry.correlation()), json(entry.before()), json(entry.after()), entry.reason(),
                entry.previousHash(), entry.hash()));
    }

    private static @Nullable String json(@Nullable Map<String, String> texts) {
        return texts == null ? null : JsonMapper.shared().writeValueAsString(new TreeMap<>(texts));
    }
}
