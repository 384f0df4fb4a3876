package io.acmpintune.engine.acmp.sics;

import java.io.InputStream;
import java.util.EnumMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a dialect file strictly: what is missing or not understood is an error that names the file and the key. */
final class SicsDialectFile {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9_-]+");

    private final String file;

    private SicsDialectFile(String file) {
        this.file = file;
    }

    static SicsDialect read(String file, InputStream yaml) {
        return new SicsDialectFile(file).read(yaml);
    }

    private SicsDialect read(InputStream yaml) {
        var root = new DialectSection(file, "", load(yaml));
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
            throw DialectSection.wrongFile(file, "is not readable as YAML: " + e.getMessage(), "Correct it there");
        }
    }

    private SicsDialect.Template template(SicsCall call, DialectSection section) {
        var method = section.text("method");
        if (!METHODS.contains(method)) {
            throw section.wrong("method", "is '" + method + "'", "Use one of " + new TreeSet<>(METHODS));
        }
        var path = section.text("path");
        if (!path.startsWith("/")) {
            throw section.wrong("path", "is '" + path + "'", "Let it start with a slash");
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
        if (!unfilled.matches("[A-Za-z0-9/._~-]+")) {
            throw section.wrong("path", "is '" + path
                    + "', with a placeholder that this call does not fill or a character that a path cannot hold",
                    "Use letters, digits, . _ ~ - / and of placeholders only "
                            + call.slots().stream().map(SicsDialect::placeholder).sorted().toList());
        }
        var fixed = section.section("fixed").rest();
        section.end();
        return new SicsDialect.Template(HttpMethod.valueOf(method), path, fields, fixed);
    }

    private static SicsDialect.Session session(DialectSection section) {
        var session = new SicsDialect.Session(section.text("header"), section.text("token"),
                section.duration("lifetime"),
                section.duration("renewal-margin"));
        section.end();
        if (!HEADER.matcher(session.header()).matches()) {
            throw section.wrong("header", "is '" + session.header() + "'", "Write the name of an HTTP header");
        }
        if (session.renewalMargin().compareTo(session.lifetime()) >= 0) {
            throw section.wrong("renewal-margin", "is not shorter than lifetime",
                    "Make it shorter, or every call would log in anew");
        }
        return session;
    }

    private static SicsDialect.Answer answer(DialectSection section) {
        var answer = new SicsDialect.Answer(section.text("error-code"), section.text("text"), section.text("messages"),
                sign(section.section("session-refused")), sign(section.section("wrong-credentials")),
                sign(section.section("not-found")));
        section.end();
        return answer;
    }

    private static SicsDialect.Sign sign(DialectSection section) {
        var sign = new SicsDialect.Sign(section.numbers("statuses"), section.numbers("error-codes"));
        section.end();
        return sign;
    }
}
