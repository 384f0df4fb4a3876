package io.acmpintune.simulator.sics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The paths, methods, names and codes of SICS's REST interface. In the {@link #standard()} dialect, paths, the session
 * header and most JSON names are attested by third-party client code. The fields of Target other than its name,
 * Consume, error codes and statuses are this project's assumption.
 */
public final class SicsDialect {

    private final Map<SicsCall, Template> calls;
    private final String sessionHeader;
    private final String sessionToken;
    private final ResponseFormat responses;

    private SicsDialect(Map<SicsCall, Template> calls, String sessionHeader, String sessionToken,
            ResponseFormat responses) {
        this.calls = new EnumMap<>(calls);
        this.sessionHeader = sessionHeader;
        this.sessionToken = sessionToken;
        this.responses = responses;
    }

    /**
     * The format of one call.
     *
     * @param path the path; its parameters are slots
     * @param fields JSON names of the slots in the body
     * @param fixed JSON names with constant values that must be sent
     */
    record Template(String method, String path, Map<String, String> fields, Map<String, Object> fixed) {

        /** Returns the path up to the first slot, without a trailing slash. */
        String root() {
            int slot = path.indexOf("/{");
            return slot < 0 ? path : path.substring(0, slot);
        }
    }

    /**
     * The format of responses.
     *
     * @param errorCode the JSON name of the result code
     * @param text the JSON name of its text
     * @param messages the JSON name of the list of consumed messages
     */
    record ResponseFormat(String errorCode, String text, String messages, ErrorCode sessionRefused,
            ErrorCode wrongCredentials,
            ErrorCode notFound) {}

    /** Status and code of a refusal; the first ones if the dialect has several. */
    record ErrorCode(int status, int errorCode) {}

    /** Returns the simulator's default dialect. */
    public static SicsDialect standard() {
        try (InputStream file = SicsDialect.class.getResourceAsStream("dialect.yml")) {
            return read(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a dialect file of the workflow engine, except for the lifetime of sessions.
     *
     * @param yaml not closed
     * @throws IllegalArgumentException if it is not YAML or lacks a key; the message names it
     */
    public static SicsDialect read(InputStream yaml) {
        try {
            Section root = new Section("", new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
            var calls = new EnumMap<SicsCall, Template>(SicsCall.class);
            for (SicsCall call : SicsCall.values()) {
                calls.put(call, template(root.section("calls").section(call.key()), call));
            }
            Section session = root.section("session");
            Section answer = root.section("answer");
            return new SicsDialect(calls, session.text("header"), session.text("token"),
                    new ResponseFormat(answer.text("error-code"), answer.text("text"), answer.text("messages"),
                            answer.section("session-refused").sign(401), answer.section("wrong-credentials").sign(401),
                            answer.section("not-found").sign(404)));
        } catch (YAMLException e) {
            throw new IllegalArgumentException("the dialect is not readable as YAML: " + e.getMessage(), e);
        }
    }

    Template template(SicsCall call) {
        return Objects.requireNonNull(calls.get(call));
    }

    String sessionHeader() {
        return sessionHeader;
    }

    String sessionToken() {
        return sessionToken;
    }

    ResponseFormat responses() {
        return responses;
    }

    /** Returns true for the path of a call and everything below it. */
    boolean knows(String path) {
        return calls.values()
                .stream()
                .map(Template::root)
                .anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
    }

    private static Template template(Section section, SicsCall call) {
        var fields = new LinkedHashMap<String, String>();
        Section named = section.section("fields");
        named.values.keySet().forEach(slot -> fields.put(slot, named.text(slot)));
        var template = new Template(section.text("method"), section.text("path"), fields,
                section.section("fixed").values);
        if (template.root().length() < 2 || !template.root().startsWith("/")) {
            throw section.wrong("path", "should begin with a name, such as /Session");
        }
        for (String slot : call.slots()) {
            if (!fields.containsKey(slot) && !template.path.contains("{" + slot + "}")) {
                throw section.wrong("fields", "lacks " + slot);
            }
        }
        return template;
    }

    /** A section of the file. */
    private record Section(String path, Map<String, Object> values) {

        Section(String path, @Nullable Object value) {
            this(path, keys(path, value));
        }

        private static Map<String, Object> keys(String path, @Nullable Object value) {
            if (!(value instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException("the dialect has no keys in '" + path + "'");
            }
            var keys = new LinkedHashMap<String, Object>();
            map.forEach((key, held) -> {
                if (held != null) {
                    keys.put(String.valueOf(key), held);
                }
            });
            return keys;
        }

        Section section(String key) {
            return new Section(path.isEmpty() ? key : path + "." + key, values.get(key));
        }

        String text(String key) {
            if (values.get(key) instanceof String text && !text.isBlank()) {
                return text;
            }
            throw wrong(key, "should be a text; there are " + new TreeSet<>(values.keySet()));
        }

        ErrorCode sign(int usualStatus) {
            return new ErrorCode(first("statuses", usualStatus), first("error-codes", -1));
        }

        private int first(String key, int otherwise) {
            return values.get(key) instanceof List<?> list && !list.isEmpty()
                    && list.getFirst() instanceof Integer number ? number : otherwise;
        }

        IllegalArgumentException wrong(String key, String reason) {
            return new IllegalArgumentException("the dialect's '" + path + "." + key + "' " + reason);
        }
    }
}
