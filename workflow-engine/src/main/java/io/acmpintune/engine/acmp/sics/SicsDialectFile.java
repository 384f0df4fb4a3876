package io.acmpintune.engine.acmp.sics;

import java.io.InputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

import io.acmpintune.runtime.startup.InvalidConfigurationException;

/** Reads a dialect file strictly: whatever is missing or wrong is reported with file, key and remedy, all at once. */
final class SicsDialectFile {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9/._~-]*");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9_-]*");

    private SicsDialectFile() {}

    /** @throws InvalidConfigurationException with every fault found */
    static SicsDialect read(String file, InputStream yaml) {
        DialectSection root = DialectSection.root(file, load(file, yaml));
        DialectSection calls = root.section("calls");
        Map<SicsCall, SicsDialect.Template> templates = new EnumMap<>(SicsCall.class);
        for (SicsCall call : SicsCall.values()) {
            templates.put(call, template(call, calls.section(call.key())));
        }
        calls.end();
        SicsDialect.Session session = session(root.section("session"));
        SicsDialect.Answer answer = answer(root.section("answer"));
        root.end();
        root.throwIfAny();
        return new SicsDialect(templates, session, answer);
    }

    private static @Nullable Object load(String file, InputStream yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            return new Yaml(new SafeConstructor(options)).load(yaml);
        } catch (YAMLException e) {
            throw new InvalidConfigurationException(List.of(DialectSection.fault(file,
                    "is not readable as YAML: " + e.getMessage(), "Correct it there")));
        }
    }

    private static SicsDialect.Template template(SicsCall call, DialectSection section) {
        String method = section.text("method");
        if (!method.isEmpty() && !METHODS.contains(method)) {
            section.wrong("method", "is '" + method + "'", "Use one of " + new TreeSet<>(METHODS));
        }
        String path = section.text("path");
        if (!path.isEmpty() && !path.startsWith("/")) {
            section.wrong("path", "is '" + path + "'", "Let it start with a slash");
        }
        DialectSection fieldSection = section.section("fields");
        Map<SicsCall.Parameter, String> fields = new EnumMap<>(SicsCall.Parameter.class);
        for (SicsCall.Parameter parameter : new TreeSet<>(call.parameters())) {
            boolean isInPath = path.isEmpty() || path.contains(SicsDialect.placeholder(parameter));
            if (fieldSection.has(parameter.key()) || !isInPath) {
                fields.put(parameter, fieldSection.text(parameter.key()));
            }
        }
        fieldSection.end();
        List<String> placeholders = call.parameters().stream().map(SicsDialect::placeholder).sorted().toList();
        if (!PATH.matcher(placeholders.stream().reduce(path, (rest, parameter) -> rest.replace(parameter, "")))
                .matches()) {
            section.wrong("path", "is '" + path
                    + "', with a placeholder that this call does not fill or a character that a path cannot hold",
                    "Use letters, digits, . _ ~ - / and of placeholders only " + placeholders);
        }
        Map<String, Object> fixed = section.section("fixed").all();
        section.end();
        return new SicsDialect.Template(HttpMethod.valueOf(method), path, fields, fixed);
    }

    private static SicsDialect.Session session(DialectSection section) {
        SicsDialect.Session session = new SicsDialect.Session(section.text("header"), section.text("token"),
                section.duration("lifetime"), section.duration("renewal-margin"));
        section.end();
        if (!HEADER.matcher(session.header()).matches()) {
            section.wrong("header", "is '" + session.header() + "'", "Write the name of an HTTP header");
        }
        if (session.lifetime().isPositive() && session.renewalMargin().compareTo(session.lifetime()) >= 0) {
            section.wrong("renewal-margin", "is not shorter than lifetime",
                    "Make it shorter, or every call would log in again");
        }
        return session;
    }

    private static SicsDialect.Answer answer(DialectSection section) {
        SicsDialect.Answer answer = new SicsDialect.Answer(section.text("error-code"), section.text("text"),
                section.text("messages"), criteria(section.section("session-refused")),
                criteria(section.section("wrong-credentials")), criteria(section.section("not-found")));
        section.end();
        return answer;
    }

    private static SicsDialect.Criteria criteria(DialectSection section) {
        SicsDialect.Criteria criteria = new SicsDialect.Criteria(section.numbers("statuses"),
                section.numbers("error-codes"));
        section.end();
        return criteria;
    }
}
