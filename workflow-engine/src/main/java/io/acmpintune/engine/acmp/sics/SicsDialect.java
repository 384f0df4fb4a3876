package io.acmpintune.engine.acmp.sics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.springframework.http.HttpMethod;
import org.springframework.web.util.UriUtils;

import io.acmpintune.runtime.startup.WrongConfiguration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * The names and fixed values of SICS's REST interface. They are read from a file that an operator can replace, because
 * part of that interface is not public.
 */
public final class SicsDialect {

    private static final String DEFAULT_FILE = "/sics-dialect.yml";

    private final Map<SicsCall, Template> calls;
    private final Session session;
    private final Answer answer;

    SicsDialect(Map<SicsCall, Template> calls, Session session, Answer answer) {
        this.calls = Map.copyOf(calls);
        this.session = session;
        this.answer = answer;
    }

    /** The dialect that comes with the product. */
    public static SicsDialect standard() {
        try (InputStream file = requireNonNull(SicsDialect.class.getResourceAsStream(DEFAULT_FILE), DEFAULT_FILE)) {
            return read("classpath:sics-dialect.yml", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a dialect file.
     *
     * @param name the file's name, for messages
     * @param yaml its content; not closed
     * @throws WrongConfiguration if the file is not YAML, or a key is missing, unknown or has an unusable value;
     *             the message names file and key and says what to do
     */
    public static SicsDialect read(String name, InputStream yaml) {
        return SicsDialectFile.read(name, yaml);
    }

    /** Puts a call into this dialect's words. */
    SicsRequest request(SicsCall call, Map<SicsCall.Parameter, Object> values) {
        SicsDialect.Template template = requireNonNull(calls.get(call));
        String path = template.path;
        LinkedHashMap<String, Object> body = new LinkedHashMap<>(template.fixed);
        for (SicsCall.Parameter parameter : call.parameters()) {
            Object value = requireNonNull(values.get(parameter));
            String field = template.fields.get(parameter);
            if (field != null) {
                body.put(field, value);
            }
            path = path.replace(placeholder(parameter), UriUtils.encode(value.toString(), UTF_8));
        }
        return new SicsRequest(template.method, path, body);
    }

    Session session() {
        return session;
    }

    Answer answer() {
        return answer;
    }

    static String placeholder(SicsCall.Parameter parameter) {
        return "{" + parameter.key() + "}";
    }

    /**
     * How one call is made.
     *
     * @param method the HTTP method
     * @param path the path, in which a parameter can stand as {@code {target}}
     * @param fields the JSON names of the parameters that travel in the body
     * @param fixed JSON names with values that are always sent
     */
    record Template(HttpMethod method, String path, Map<SicsCall.Parameter, String> fields, Map<String, Object> fixed) {

        Template {
            fields = Map.copyOf(fields);
            fixed = Map.copyOf(fixed);
        }
    }

    /**
     * How a session is carried and how long it is taken to live.
     *
     * @param header the header that carries the token
     * @param token the JSON name of the token in the log-in's answer
     * @param lifetime how long a session is assumed to live
     * @param renewalMargin how long before that it is renewed
     */
    record Session(String header, String token, Duration lifetime, Duration renewalMargin) {}

    /**
     * How answers are understood.
     *
     * @param errorCode the JSON name of SICS's own result code
     * @param text the JSON name of the words to it
     * @param messages the JSON name of the list of consumed messages
     * @param sessionRefused how a missing or dead session shows
     * @param wrongCredentials how a wrong user name or password shows
     * @param notFound how an unknown virtual router or target shows
     */
    record Answer(String errorCode, String text, String messages, Criteria sessionRefused, Criteria wrongCredentials,
            Criteria notFound) {}

    /**
     * By what an answer is recognised; one of them is enough.
     *
     * @param statuses HTTP statuses
     * @param errorCodes SICS's own codes
     */
    record Criteria(Set<Integer> statuses, Set<Integer> errorCodes) {

        Criteria {
            statuses = Set.copyOf(statuses);
            errorCodes = Set.copyOf(errorCodes);
        }

        boolean matches(int status, int errorCode) {
            return statuses.contains(status) || errorCodes.contains(errorCode);
        }
    }
}
