package io.acmpintune.simulator.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An HTTP request, completely read and decoded, with the parameters of its path. */
public final class Request {

    private final String origin;
    private final String method;
    private final String path;
    private final Query query;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Map<String, String> parameters;
    private final boolean batched;

    private Request(String origin, String method, String path, Query query, Map<String, String> headers, byte[] body,
            Map<String, String> parameters, boolean batched) {
        this.origin = origin;
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.parameters = parameters;
        this.batched = batched;
    }

    /**
     * Creates a request that is not part of a batch.
     *
     * @param origin scheme, host and port as used by the client, such as {@code https://localhost:8443}
     * @param path still percent-encoded, without the query
     * @param headers one value per name
     */
    public static Request of(String origin, String method, String path, Query query, Map<String, String> headers,
            byte[] body) {
        var caseless = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(headers);
        return new Request(origin, method, path, query, caseless, body, Map.of(), false);
    }

    /** Creates a request that is part of this batch: with the same client and origin, but its own headers and body. */
    public Request inner(String innerMethod, String innerPath, Query innerQuery, Map<String, String> innerHeaders,
            byte[] innerBody) {
        var caseless = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(innerHeaders);
        header("Authorization").ifPresent(token -> caseless.put("Authorization", token));
        return new Request(origin, innerMethod, innerPath, innerQuery, caseless, innerBody, Map.of(), true);
    }

    Request with(Map<String, String> pathParameters) {
        return new Request(origin, method, path, query, headers, body, pathParameters, batched);
    }

    public String origin() {
        return origin;
    }

    public String method() {
        return method;
    }

    /** Returns the percent-encoded path. */
    public String path() {
        return path;
    }

    public Query query() {
        return query;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public boolean hasBody() {
        return body.length > 0;
    }

    public byte[] body() {
        return body.clone();
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns true for an item of a batch, which has no connection of its own. */
    public boolean batched() {
        return batched;
    }

    /**
     * Returns the decoded value of a path parameter.
     *
     * @throws IllegalArgumentException if the route has no parameter of that name
     */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route of " + method + " " + path + " has no parameter " + name);
        }
        return value;
    }
}
