package io.acmpintune.runtime.access;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random requests: every route with valid tokens, and paths, parameters, headers and bodies that are nearly right or
 * not at all. The same seed makes the same requests.
 */
public final class FuzzedRequests {

    private static final int LINES = 8;
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");
    /** Never of a caller's own making in an answer of ours. */
    private static final Pattern STACK_TRACE = Pattern
            .compile("\\bat [a-z]+(\\.[A-Za-z0-9_$]+)+\\(|Caused by: |\\.java:\\d+\\)");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<String> ODD = List.of("", " ", "x", "null", "\0", "a\0b", "\ud800", "\udfff\ud800", "💥",
            "\u202Eabc",
            "../../etc/passwd", "%00", "'; drop table job; --", "<script>", "{}", "[]", "-1", "0", "1", "1001",
            "2147483648", "9223372036854775807", "9223372036854775808", "1e400", "NaN", "1.5", "true", "a\nb",
            "\r\n\r\n",
            "2026-01-01T00:00:00Z", "2026-13-45T99:00:00Z", "+1000000000-12-31T23:59:59.999999999Z",
            "-1000000000-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "294277-01-01T00:00:00Z", "P1D", "0s", "-1s",
            "PT0.0000001S", "P999999999999D", "{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}",
            "b03d2ccd-adc1-4b9d-bdb8-87564b94030c", "00000000-0000-0000-0000-000000000000", "*", "%", "_", "\\", "\"",
            "WipeIntuneDevices", "SynchronizeIntuneDevices", "SendIntuneNotification", "running", "queued", "pending",
            "all", "taken", "send-again", "wipe", "iOS", "company", "x".repeat(201), "y".repeat(5_000));
    private static final List<String> PARAMETERS = List.of("limit", "after", "before", "state", "workflow", "from",
            "to",
            "wait", "show", "action", "requestedBy", "actor", "event", "target", "webhook", "server", "origin");
    private static final List<String> FIELDS = List.of("queryAction", "workflow", "clientIds", "filter",
            "clientSet",
            "parameters", "requestedBy", "justification", "confirmed", "confirmedCount", "title", "body",
            "macOsUnlockCode", "approve", "reason", "verdict", "entries", "hash", "kind", "deviceId", "wipe",
            "notification",
            "expected", "decidedBy", "cancelledBy", "incrementalInterval", "fullInterval", "stopped", "changedBy",
            "name",
            "tenantId", "client", "decision");
    private static final List<String> TYPES = List.of("application/json", "application/json", "application/json",
            "application/json", "application/json; charset=utf-16", "text/plain", "application/xml",
            "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/problem+json", "*/*");
    private static final List<String> ACCEPTED = List.of("*/*", "*/*", "application/json", "text/csv",
            "text/event-stream", "image/png", "text/html");
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD");

    private final int port;
    private final List<MappedRoutes.Route> routes;
    private final Map<String, List<String>> variables;
    private final Map<String, String> bodies;
    private final List<String> tokens;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Requests to a service.
     *
     * @param variables what a variable of a path may well be, by its name
     * @param bodies a right body, as JSON, by the route's text
     */
    public FuzzedRequests(int port, List<MappedRoutes.Route> routes, Map<String, List<String>> variables,
            Map<String, String> bodies, List<String> tokens) {
        this.port = port;
        this.routes = List.copyOf(routes);
        this.variables = Map.copyOf(variables);
        this.bodies = Map.copyOf(bodies);
        this.tokens = List.copyOf(tokens);
    }

    /**
     * What came back.
     *
     * @param offences answers of 500 and above, and answers with a stack trace in them, with their requests
     */
    public record Outcome(Map<Integer, Integer> statuses, List<String> offences, Duration took) {

        public int requests() {
            return statuses.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** Sends every right request with every token, then random ones: 2,500, or 10,000 with {@code -Dtests.soak=true}. */
    public Outcome send(long seed) throws InterruptedException {
        long begun = System.nanoTime();
        int count = Boolean.getBoolean("tests.soak") ? 10_000 : 2_500;
        Queue<String> offences = new ConcurrentLinkedQueue<>();
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        for (MappedRoutes.Route route : routes) {
            String right = bodies.get(route.text());
            for (String token : right == null ? List.<String>of() : tokens) {
                String address = VARIABLE.matcher(route.pattern())
                        .replaceAll(match -> encode(variables.getOrDefault(match.group(1), List.of("1")).getFirst()));
                send(request(address, token, "application/json", "*/*").method(route.method(),
                        BodyPublishers.ofString(right)),
                        address + " " + right, offences, statuses);
            }
        }
        try (ExecutorService lines = Executors.newFixedThreadPool(LINES)) {
            List<Future<?>> running = new ArrayList<>();
            for (int line = 0; line < LINES; line++) {
                Random random = new Random(seed * LINES + line);
                running.add(lines.submit(() -> {
                    for (int i = 0; i < count / LINES; i++) {
                        send(random, offences, statuses);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A request could not be sent", e);
        }
        Map<Integer, Integer> numbers = new TreeMap<>();
        statuses.forEach(status -> numbers.merge(status, 1, Integer::sum));
        return new Outcome(numbers, List.copyOf(offences), Duration.ofNanos(System.nanoTime() - begun));
    }

    private void send(Random random, Queue<String> offences, Queue<Integer> statuses) throws InterruptedException {
        MappedRoutes.Route route = one(random, routes);
        String method = random.nextInt(12) == 0 ? one(random, METHODS) : route.method();
        String address = path(random, route) + query(random);
        byte[] body = method.equals("GET") && random.nextInt(10) > 0
                ? new byte[0]
                : body(random, bodies.get(route.text()));
        HttpRequest.Builder request = request(address, one(random, tokens), one(random, TYPES), one(random, ACCEPTED))
                .method(method, BodyPublishers.ofByteArray(body));
        if (random.nextInt(3) == 0) {
            request.header("Idempotency-Key", random.nextBoolean() ? "key-" + random.nextInt(50) : header(random));
        }
        send(request, method + " " + address + " " + new String(body, StandardCharsets.UTF_8), offences, statuses);
    }

    private HttpRequest.Builder request(String address, String token, String type, String accepted) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + address))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .header("Accept", accepted);
    }

    private void send(HttpRequest.Builder request, String shown, Queue<String> offences, Queue<Integer> statuses)
            throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            statuses.add(response.statusCode());
            if (response.statusCode() >= 500 || STACK_TRACE.matcher(response.body()).find()) {
                offences.add(response.statusCode() + " to " + cut(shown) + ": " + cut(response.body()));
            }
        } catch (IOException e) {
            offences.add("no answer (" + e + ") to " + cut(shown));
        }
    }

    private String path(Random random, MappedRoutes.Route route) {
        return VARIABLE.matcher(route.pattern()).replaceAll(match -> {
            List<String> known = variables.getOrDefault(match.group(1), List.of());
            String value = !known.isEmpty() && random.nextInt(4) > 0
                    ? one(random, known)
                    : random.nextInt(3) == 0 ? UUID.randomUUID().toString() : one(random, ODD);
            return Matcher.quoteReplacement(encode(value));
        });
    }

    private static String query(Random random) {
        StringBuilder query = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(one(random, PARAMETERS))
                    .append('=')
                    .append(encode(one(random, ODD)));
        }
        return query.toString();
    }

    private static byte[] body(Random random, @Nullable String right) {
        if (right == null || random.nextInt(5) == 0) {
            return switch (random.nextInt(5)) {
                case 0 -> new byte[0];
                case 1 -> bytes(random);
                case 2 -> text(one(random, ODD));
                default -> text(value(random, 3).toString());
            };
        }
        JsonNode tree = JSON.readTree(right);
        for (int i = random.nextInt(4); i > 0; i--) {
            tree = mutated(random, tree);
        }
        String text = tree.toString();
        return text(random.nextInt(15) == 0 ? text.substring(0, random.nextInt(text.length() + 1)) : text);
    }

    private static JsonNode mutated(Random random, JsonNode node) {
        return switch (node) {
            case ObjectNode object when !object.isEmpty() && random.nextInt(6) > 0 -> {
                String name = one(random, List.copyOf(object.propertyNames()));
                switch (random.nextInt(4)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.set(one(random, FIELDS), value(random, 2));
                    default -> object.set(name, mutated(random, object.get(name)));
                }
                yield object;
            }
            case ArrayNode array when !array.isEmpty() && random.nextInt(3) > 0 -> {
                array.set(random.nextInt(array.size()), mutated(random, array.get(0)));
                if (random.nextInt(3) == 0) {
                    array.add(value(random, 1));
                }
                yield array;
            }
            default -> value(random, 2);
        };
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.getNodeFactory().numberNode(random.nextLong());
            case 3 -> JSON.getNodeFactory().numberNode(random.nextInt(-2, 20));
            case 4, 5 -> JSON.stringNode(one(random, ODD));
            case 6 -> {
                ArrayNode array = JSON.createArrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = JSON.createObjectNode();
                for (int i = random.nextInt(6); i > 0; i--) {
                    object.set(one(random, FIELDS), value(random, depth - 1));
                }
                yield object;
            }
        };
    }

    /** Java's own writer has no half of a surrogate pair; JSON has it, escaped. */
    private static byte[] text(String json) {
        StringBuilder escaped = new StringBuilder();
        json.chars().forEach(c -> {
            if (Character.isSurrogate((char) c)) {
                escaped.append("\\u%04x".formatted(c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String header(Random random) {
        String value = one(random, ODD);
        return value.chars().allMatch(c -> c >= 32 && c < 127) ? value : "x".repeat(random.nextInt(300));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static <T> T one(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static String cut(String text) {
        return text.length() > 600 ? text.substring(0, 600) + "…" : text;
    }
}
