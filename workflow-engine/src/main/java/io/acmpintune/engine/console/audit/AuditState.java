package io.acmpintune.engine.console.audit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.audit.AuditFilter;
import io.acmpintune.engine.audit.AuditedEvent;
import io.acmpintune.engine.console.Times;

/**
 * What the list of entries shows, as its address says it. What an address says wrong counts as not said.
 *
 * @param from as a field for date and time has it, in the viewer's zone
 * @param to not included
 * @param target id of the target, or of the correlation
 * @param before entries before this number, the newest first; null = from the newest
 * @param after entries behind this number; null = see {@code before}
 */
record AuditState(String workflow, @Nullable AuditedEvent event, String actor, String from, String to, String target,
        @Nullable Long before, @Nullable Long after) {

    private static final int LONGEST = 200;

    static AuditState read(String workflow, Map<String, String> parameters, Times times) {
        return new AuditState(workflow, event(text(parameters, "event")), text(parameters, "actor"),
                time(text(parameters, "from"), times), time(text(parameters, "to"), times),
                text(parameters, "target"), number(text(parameters, "before")), number(text(parameters, "after")));
    }

    AuditFilter filter(Times times) {
        return new AuditFilter(times.read(from).orElse(null), times.read(to).orElse(null), orNull(actor), event,
                orNull(target));
    }

    public boolean isFiltered() {
        return event != null || !actor.isEmpty() || !from.isEmpty() || !to.isEmpty() || !target.isEmpty();
    }

    /** The same filters, from the newest entry. */
    public AuditState newest() {
        return new AuditState(workflow, event, actor, from, to, target, null, null);
    }

    AuditState before(long seq) {
        return new AuditState(workflow, event, actor, from, to, target, seq, null);
    }

    AuditState after(long seq) {
        return new AuditState(workflow, event, actor, from, to, target, null, seq);
    }

    public AuditState unfiltered() {
        return new AuditState(workflow, null, "", "", "", "", null, null);
    }

    public String address() {
        return address("/console/audit");
    }

    /** Where all entries that the filters admit are exported. */
    public String export() {
        return newest().address("/console/audit/export");
    }

    private String address(String path) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("workflow", workflow);
        said.put("event", event == null ? "" : event.name());
        said.put("actor", actor);
        said.put("from", from);
        said.put("to", to);
        said.put("target", target);
        said.put("before", before == null ? "" : before.toString());
        said.put("after", after == null ? "" : after.toString());
        return said.entrySet()
                .stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", path + "?", ""));
    }

    private static String text(Map<String, String> parameters, String name) {
        String given = parameters.getOrDefault(name, "").strip();
        // PostgreSQL takes no NUL and no half of a surrogate pair
        return given.codePoints()
                .filter(point -> point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE))
                .limit(LONGEST)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String time(String text, Times times) {
        return times.read(text).isPresent() ? text : "";
    }

    private static @Nullable AuditedEvent event(String name) {
        return Arrays.stream(AuditedEvent.values()).filter(event -> event.name().equals(name)).findFirst().orElse(null);
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
