package io.acmpintune.engine.acmp;

import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpMethod;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a dialect file strictly: what is missing or not understood is an error that names the file and the key. */
final class SicsDialectFile {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final String file;

    private SicsDialectFile(String file) {
        this.file = file;
    }

    static SicsDialect read(String file, InputStream yaml) {
        return new SicsDialectFile(file).read(yaml);
    }

    private SicsDialect read(InputStream yaml) {
        var root = new Section("", load(yaml));
        var calls = root.section("calls");
        var templates = new EnumMap<SicsCall, SicsDialect.Template>(SicsCall.class);
        for (var call : SicsCall.values()) {
            templates.put(call, template(call, calls.section(call.key())));
        }
        calls.end();
        var session = session(root.section("session"));
        var answer = answer(root.section("answer"));
        root.end();
        return new SicsDialect(templates, session, answer);
    }

    private @Nullable Object load(InputStream yaml) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            return new Yaml(new SafeConstructor(options)).load(yaml);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(file + " is not readable as YAML: " + e.getMessage(), e);
        }
    }

    private SicsDialect.Template template(SicsCall call, Section section) {
        var method = section.text("method");
        if (!METHODS.contains(method)) {
            throw section.wrong("method", "is '" + method + "'", "use one of " + new TreeSet<>(METHODS));
        }
        var path = section.text("path");
        if (!path.startsWith("/")) {
            throw section.wrong("path", "is '" + path + "'", "let it start with a slash");
        }
        var fieldSection = section.section("fields");
        var fields = new EnumMap<SicsCall.Slot, String>(SicsCall.Slot.class);
        for (var slot : new TreeSet<>(call.slots())) {
            if (fieldSection.has(slot.key()) || !path.contains(SicsDialect.placeholder(slot))) {
                fields.put(slot, fieldSection.text(slot.key()));
            }
        }
        fieldSection.end();
        var unfilled = call.slots()
                .stream()
                .map(SicsDialect::placeholder)
                .reduce(path, (rest, slot) -> rest.replace(slot, ""));
        if (unfilled.contains("{")) {
            throw section.wrong("path", "is '" + path + "', with a placeholder that this call does not fill",
                    "use only " + call.slots().stream().map(SicsDialect::placeholder).sorted().toList());
        }
        var fixed = section.section("fixed").rest();
        section.end();
        return new SicsDialect.Template(HttpMethod.valueOf(method), path, fields, fixed);
    }

    private static SicsDialect.Session session(Section section) {
        var session = new SicsDialect.Session(section.text("header"), section.text("token"),
                section.duration("lifetime"),
                section.duration("renewal-margin"));
        section.end();
        if (session.renewalMargin().compareTo(session.lifetime()) >= 0) {
            throw section.wrong("renewal-margin", "is not shorter than lifetime",
                    "make it shorter, or every call would log in anew");
        }
        return session;
    }

    private static SicsDialect.Answer answer(Section section) {
        var answer = new SicsDialect.Answer(section.text("error-code"), section.text("text"), section.text("messages"),
                sign(section.section("session-refused")), sign(section.section("wrong-credentials")),
                sign(section.section("not-found")));
        section.end();
        return answer;
    }

    private static SicsDialect.Sign sign(Section section) {
        var sign = new SicsDialect.Sign(section.numbers("statuses"), section.numbers("error-codes"));
        section.end();
        return sign;
    }

    /** A mapping in the file; it remembers which of its keys were asked for. */
    private final class Section {

        private final String path;
        private final Map<String, @Nullable Object> values;
        private final Set<String> asked = new HashSet<>();

        Section(String path, @Nullable Object value) {
            this.path = path;
            if (!(value instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException(
                        file + ": " + (path.isEmpty() ? "the file" : "the key '" + path + "'")
                                + " holds no keys: compare it with the dialect file that comes with the product");
            }
            values = new LinkedHashMap<>();
            map.forEach((key, held) -> values.put(String.valueOf(key), held));
        }

        boolean has(String key) {
            return values.containsKey(key);
        }

        Section section(String key) {
            return new Section(pathOf(key), value(key));
        }

        String text(String key) {
            if (!(value(key) instanceof String text) || text.isBlank()) {
                throw wrong(key, "holds no text", "write a name, in quotes if it looks like a number");
            }
            return text;
        }

        Duration duration(String key) {
            var value = String.valueOf(value(key));
            try {
                var duration = DurationStyle.detectAndParse(value);
                if (!duration.isNegative()) {
                    return duration;
                }
            } catch (IllegalArgumentException _) {
                // Refused below, with the file's name.
            }
            throw wrong(key, "is '" + value + "'", "write a time, such as 60s");
        }

        Set<Integer> numbers(String key) {
            if (value(key) instanceof List<?> list && list.stream().allMatch(Integer.class::isInstance)) {
                return list.stream().map(Integer.class::cast).collect(Collectors.toSet());
            }
            throw wrong(key, "is no list of numbers", "write one, such as [401, 403]");
        }

        /** All keys, whatever they are called. */
        Map<String, Object> rest() {
            var rest = new LinkedHashMap<String, Object>();
            values.forEach((key, value) -> {
                if (value == null) {
                    throw wrong(key, "has no value", "give it one, or leave the key out");
                }
                rest.put(key, value);
            });
            return rest;
        }

        /** Refuses keys that nobody asked for. */
        void end() {
            for (var key : values.keySet()) {
                if (!asked.contains(key)) {
                    throw wrong(key, "is unknown", "remove it, or correct it to one of "
                            + Arrays.toString(asked.stream().sorted().toArray()));
                }
            }
        }

        IllegalArgumentException wrong(String key, String why, String remedy) {
            return new IllegalArgumentException(file + ": the key '" + pathOf(key) + "' " + why + ": " + remedy);
        }

        private @Nullable Object value(String key) {
            asked.add(key);
            if (!values.containsKey(key)) {
                throw wrong(key, "is missing", "add it; the dialect file that comes with the product shows it");
            }
            return values.get(key);
        }

        private String pathOf(String key) {
            return path.isEmpty() ? key : path + "." + key;
        }
    }
}
