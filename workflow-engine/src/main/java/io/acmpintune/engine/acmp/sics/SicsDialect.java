package io.acmpintune.engine.acmp.sics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

import org.springframework.http.HttpMethod;
import org.springframework.web.util.UriUtils;

import io.acmpintune.runtime.startup.InvalidConfigurationException;

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

    /** Returns the dialect that is part of the product. */
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
     * @throws InvalidConfigurationException if the file is not YAML, or a key is missing, unknown or has an unusable value;
     *             the message names file and key and says what to do
     */
    public static SicsDialect read(String name, InputStream yaml) {
        return SicsDialectFile.read(name, yaml);
    }

    /** Expresses a call in this dialect. */
    SicsRequest request(SicsCall call, Map<SicsCall.Parameter, Object> values) {
        Template template = requireNonNull(calls.get(call));
        String path = template.path;
        SequencedMap<String, Object> body = new LinkedHashMap<>(template.fixed);
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
     * The HTTP form of a call.
     *
     * @param method the HTTP method
     * @param path the path, with parameters such as {@code {target}}
     * @param fields the JSON names of the parameters in the body
     * @param fixed JSON names and values that are always sent
     */
    record Template(HttpMethod method, String path, Map<SicsCall.Parameter, String> fields, Map<String, Object> fixed) {

        Template {
            fields = Map.copyOf(fields);
            fixed = Map.copyOf(fixed);
        }
    }

    /**
     * How a session is sent and how long it is assumed to live.
     *
     * @param header the header with the token
     * @param token the JSON name of the token in the response to a login
     * @param lifetime how long a session is assumed to live
     * @param renewalMargin how long before its end it is renewed
     */
    record Session(String header, String token, Duration lifetime, Duration renewalMargin) {}

    /**
     * How responses are interpreted.
     *
     * @param errorCode the JSON name of SICS's own result code
     * @param text the JSON name of the explanation of that code
     * @param messages the JSON name of the list of consumed messages
     * @param sessionRefused criteria of a missing or ended session
     * @param wrongCredentials criteria of a wrong user name or password
     * @param notFound criteria of an unknown virtual router or target
     */
    record Answer(String errorCode, String text, String messages, Criteria sessionRefused, Criteria wrongCredentials,
            Criteria notFound) {}

    /**
     * Criteria of a kind of response, of which one is enough.
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
