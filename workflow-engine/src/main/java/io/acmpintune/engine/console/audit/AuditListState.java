package io.acmpintune.engine.console.audit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditFilter;
import io.acmpintune.engine.console.Times;

/**
 * Filters and position of the list of entries, as in its address. Invalid values are ignored.
 *
 * @param from value of a field for date and time, in the viewer's zone
 * @param to exclusive
 * @param target ID of a target or of the correlation
 * @param before entries before this number, newest first; null for the newest
 * @param after entries after this number; null to use {@code before}
 */
record AuditListState(String workflow, @Nullable AuditEventType event, String actor, String from, String to,
        String target,
        @Nullable Long before, @Nullable Long after) {

    private static final int LONGEST = 200;

    static AuditListState read(String workflow, Map<String, String> parameters, Times times) {
        return new AuditListState(workflow, event(text(parameters, "event")), text(parameters, "actor"),
                time(text(parameters, "from"), times), time(text(parameters, "to"), times),
                text(parameters, "target"), number(text(parameters, "before")), number(text(parameters, "after")));
    }

    AuditFilter filter(Times times) {
        return new AuditFilter(times.parse(from).orElse(null), times.parse(to).orElse(null), orNull(actor), event,
                orNull(target));
    }

    public boolean isFiltered() {
        return event != null || !actor.isEmpty() || !from.isEmpty() || !to.isEmpty() || !target.isEmpty();
    }

    /** Returns the same filters with the newest entries. */
    public AuditListState newest() {
        return new AuditListState(workflow, event, actor, from, to, target, null, null);
    }

    AuditListState before(long seq) {
        return new AuditListState(workflow, event, actor, from, to, target, seq, null);
    }

    AuditListState after(long seq) {
        return new AuditListState(workflow, event, actor, from, to, target, null, seq);
    }

    public AuditListState unfiltered() {
        return new AuditListState(workflow, null, "", "", "", "", null, null);
    }

    public String address() {
        return address("/console/audit");
    }

    /** Returns the address of the export of all matching entries. */
    public String export() {
        return newest().address("/console/audit/export");
    }

    private String address(String path) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("workflow", workflow);
        parameters.put("event", event == null ? "" : event.name());
        parameters.put("actor", actor);
        parameters.put("from", from);
        parameters.put("to", to);
        parameters.put("target", target);
        parameters.put("before", before == null ? "" : before.toString());
        parameters.put("after", after == null ? "" : after.toString());
        return parameters.entrySet()
                .stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", path + "?", ""));
    }

    private static String text(Map<String, String> parameters, String name) {
        String given = parameters.getOrDefault(name, "").strip();
        // PostgreSQL takes neither NUL nor unpaired surrogates
        return given.codePoints()
                .filter(point -> point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE))
                .limit(LONGEST)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String time(String text, Times times) {
        return times.parse(text).isPresent() ? text : "";
    }

    private static @Nullable AuditEventType event(String name) {
        return Arrays.stream(AuditEventType.values())
                .filter(event -> event.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Long number(String text) {
        try {
            return text.isEmpty() ? null : Long.valueOf(text);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
