package io.acmpintune.simulator.web;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a query string or of a form, decoded and in their order. The first of repeated parameters counts.
 *
 * @param values parameter name to value, both decoded
 */
public record Query(Map<String, String> values) {

    public Query {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Parses a query string without its question mark, or a form.
     *
     * @throws IllegalArgumentException if a percent escape is broken
     */
    public static Query parse(String raw) {
        var values = new LinkedHashMap<String, String>();
        int start = 0;
        while (start < raw.length()) {
            int end = raw.indexOf('&', start);
            if (end < 0) {
                end = raw.length();
            }
            int equals = raw.indexOf('=', start);
            if (equals < 0 || equals > end) {
                equals = end;
            }
            String name = decode(raw.substring(start, equals));
            if (!name.isEmpty()) {
                values.putIfAbsent(name, equals < end ? decode(raw.substring(equals + 1, end)) : "");
            }
            start = end + 1;
        }
        return new Query(values);
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public Set<String> names() {
        return values.keySet();
    }

    /** Percent-encodes everything but unreserved characters. */
    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String decode(String value) {
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }
}
