package io.acmpintune.engine.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.audit.AuditEntry;

/**
 * Writes entries as CSV. A cell that a spreadsheet would take for a formula gets an apostrophe in front; whoever verifies hashes of
 * an export takes it away again.
 */
final class AuditCsv {

    private static final List<String> COLUMNS = List.of("seq", "at", "actor", "on_behalf_of", "event", "workflow",
            "target_kind", "target_id", "correlation", "before", "after", "reason", "previous_hash", "hash");
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private final Writer writer;

    AuditCsv(Writer writer) {
        this.writer = writer;
    }

    void header() {
        line(COLUMNS.stream().map(AuditCsv::cell).collect(Collectors.joining(",")));
    }

    void entry(AuditEntry entry) {
        line(String.join(",", Long.toString(entry.seq()), entry.time(), cell(entry.actor()),
                cell(entry.onBehalfOf()), cell(entry.event()), cell(entry.workflow()), cell(entry.targetKind()),
                cell(entry.targetId()), json(entry.correlation()), json(entry.before()), json(entry.after()),
                cell(entry.reason()), cell(entry.previousHash()), cell(entry.hash())));
    }

    /** Null is nothing, an empty text is {@code ""}. */
    static String cell(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String harmless = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + harmless.replace("\"", "\"\"") + '"';
    }

    private static String json(@Nullable Map<String, String> texts) {
        return texts == null ? "" : cell(JsonMapper.shared().writeValueAsString(new TreeMap<>(texts)));
    }

    private void line(String line) {
        try {
            writer.write(line);
            writer.write("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException("The export ended early: its reader left", e);
        }
    }
}
