package io.acmpintune.engine.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * The audit as CSV (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe in front; whoever verifies hashes of an
 * export takes it away again.
 */
@Component
public class AuditExport {

    private static final List<String> COLUMNS = List.of("seq", "at", "actor", "on_behalf_of", "event", "workflow",
            "target_kind", "target_id", "correlation", "before", "after", "reason", "previous_hash", "hash");
    /** Also where a spreadsheet separates cells by semicolons. */
    private static final Pattern FORMULA = Pattern.compile("(^|[;\t\r\n])(?='*[=+\\-@\t\r])");

    private final AuditTrail trail;
    private final Audit audit;
    private final TransactionOperations transactions;

    AuditExport(AuditTrail trail, Audit audit, TransactionOperations transactions) {
        this.trail = trail;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** Records that somebody exports; to be done before the first byte leaves. */
    public void begin(String actor) {
        transactions.executeWithoutResult(_ -> audit
                .record(AuditEvent.of(AuditedEvent.AUDIT_EXPORTED, actor).to(Target.Kind.AUDIT, "csv")));
    }

    /** Writes the entries that the filter admits while they are read, so there may be any number of them. */
    public void write(AuditFilter filter, Writer writer) throws IOException {
        line(writer, COLUMNS.stream().map(AuditExport::cell).collect(Collectors.joining(",")));
        trail.forEach(filter, entry -> line(writer, cells(entry)));
        writer.flush();
    }

    private static String cells(AuditEntry entry) {
        return String.join(",", Long.toString(entry.seq()), entry.time(), cell(entry.actor()),
                cell(entry.onBehalfOf()), cell(entry.event()), cell(entry.workflow()), cell(entry.targetKind()),
                cell(entry.targetId()), json(entry.correlation()), json(entry.before()), json(entry.after()),
                cell(entry.reason()), cell(entry.previousHash()), cell(entry.hash()));
    }

    /** Null is nothing, an empty text is {@code ""}. */
    static String cell(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return '"' + FORMULA.matcher(text).replaceAll("$1'").replace("\"", "\"\"") + '"';
    }

    private static String json(@Nullable Map<String, String> texts) {
        return texts == null ? "" : cell(JsonMapper.shared().writeValueAsString(new TreeMap<>(texts)));
    }

    private static void line(Writer writer, String line) {
        try {
            writer.write(line);
            writer.write("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException("The export ended early: its reader left", e);
        }
    }
}
