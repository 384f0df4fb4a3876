package io.acmpintune.engine.web;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.audit.AuditEntry;
import io.acmpintune.engine.audit.AuditFilter;
import io.acmpintune.engine.audit.AuditTrail;

/**
 * Writes entries as CSV, while they are read. A cell that a spreadsheet would take for a formula gets an apostrophe in front;
 * whoever verifies hashes of an export takes it away again.
 */
@Component
final class AuditCsv extends AbstractHttpMessageConverter<AuditCsv.Export> {

    private static final List<String> COLUMNS = List.of("seq", "at", "actor", "on_behalf_of", "event", "workflow",
            "target_kind", "target_id", "correlation", "before", "after", "reason", "previous_hash", "hash");
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private final AuditTrail trail;

    AuditCsv(AuditTrail trail) {
        super(StandardCharsets.UTF_8, new MediaType("text", "csv"));
        this.trail = trail;
    }

    /** Which entries to write. */
    record Export(AuditFilter filter) {}

    @Override
    protected boolean supports(Class<?> type) {
        return type == Export.class;
    }

    @Override
    protected Export readInternal(Class<? extends Export> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("Nobody sends the audit here", message);
    }

    @Override
    protected void writeInternal(Export export, HttpOutputMessage message) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(message.getBody(), StandardCharsets.UTF_8));
        line(writer, COLUMNS.stream().map(AuditCsv::cell).collect(Collectors.joining(",")));
        trail.forEach(export.filter(), entry -> line(writer, cells(entry)));
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
        String harmless = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + harmless.replace("\"", "\"\"") + '"';
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
