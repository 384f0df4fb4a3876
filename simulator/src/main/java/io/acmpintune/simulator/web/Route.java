package io.acmpintune.simulator.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One method and path of a product. A path is literal segments and {@code {parameters}}; a parameter may have text
 * around it: {@code managedDevices('{id}')}.
 */
public final class Route {

    private final String method;
    private final String template;
    private final List<Segment> segments;
    private final Handler handler;

    public Route(String method, String template, Handler handler) {
        this.method = method;
        this.template = template;
        this.handler = handler;
        this.segments = segmentsOf(template).stream().map(Segment::of).toList();
    }

    /** Returns the name for faults and counts: method and template, such as {@code POST /Session}. */
    public String name() {
        return method + " " + template;
    }

    String method() {
        return method;
    }

    Handler handler() {
        return handler;
    }

    /** Returns the decoded path parameters if the path matches. */
    Optional<Map<String, String>> match(String path) {
        List<String> parts = segmentsOf(path);
        if (parts.size() != segments.size()) {
            return Optional.empty();
        }
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < parts.size(); i++) {
            if (!segments.get(i).take(parts.get(i), parameters)) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static List<String> segmentsOf(String path) {
        var parts = new ArrayList<String>();
        int start = path.startsWith("/") ? 1 : 0;
        while (start <= path.length()) {
            int end = path.indexOf('/', start);
            if (end < 0) {
                end = path.length();
            }
            parts.add(path.substring(start, end));
            start = end + 1;
        }
        return parts;
    }

    private record Segment(String before, String parameter, String after) {

        static Segment of(String text) {
            int open = text.indexOf('{');
            int close = text.indexOf('}');
            return open < 0
                    ? new Segment(text, "", "")
                    : new Segment(text.substring(0, open), text.substring(open + 1, close), text.substring(close + 1));
        }

        boolean take(String part, Map<String, String> parameters) {
            if (parameter.isEmpty()) {
                return part.equals(before);
            }
            // "+" is a plus sign in a path, unlike in a query.
            String decoded = Query.decode(part.replace("+", "%2B"));
            if (decoded.length() <= before.length() + after.length() || !decoded.startsWith(before)
                    || !decoded.endsWith(after)) {
                return false;
            }
            parameters.put(parameter, decoded.substring(before.length(), decoded.length() - after.length()));
            return true;
        }
    }
}
