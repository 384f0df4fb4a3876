package io.acmpintune.engine.acmp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.acmp.sics.SicsConnection;
import io.acmpintune.runtime.fixture.TestClock;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A small SICS for tests, with one ACMP server that does what the test says. It never really waits: a consume call that
 * finds nothing advances the clock by the time asked for.
 */
final class StubSics implements AutoCloseable {

    static final AcmpServer SERVER = new AcmpServer("ACMP-1", "acmp", "acmp-key");
    /** A second ACMP server on the same virtual router. */
    static final AcmpServer OTHER = new AcmpServer("ACMP-2", "acmp", "other-key");
    static final String PASSWORD = "canary-password";

    private final JsonMapper json = JsonMapper.builder().build();
    private final TestClock clock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> sessions = new HashSet<>();
    private final Set<String> routers = new HashSet<>(Set.of(SERVER.virtualRouter()));
    private final Map<String, Target> targets = new HashMap<>();
    private final Map<String, Deque<Runnable>> before = new HashMap<>();
    private final Map<String, Deque<Answer>> instead = new HashMap<>();
    private final Map<String, Deque<Answer>> afterwards = new HashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private Consumer<Publication> acmp = _ -> {};
    private Consumer<Publication> otherAcmp = _ -> {};
    private boolean waits = true;
    private boolean out;

    StubSics(TestClock clock) {
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    SicsConnection connection() {
        return new SicsConnection(url(), "acmp", PASSWORD, true, Duration.ofSeconds(5), Duration.ofSeconds(20),
                Duration.ofSeconds(60));
    }

    /** What the ACMP server does with each request. */
    synchronized void acmp(Consumer<Publication> behaviour) {
        acmp = behaviour;
    }

    /** What the other ACMP server does with each request. */
    synchronized void otherAcmp(Consumer<Publication> behaviour) {
        otherAcmp = behaviour;
    }

    /** The ACMP server answers every request with this. */
    void acmpAnswers(String xml) {
        acmp(publication -> publication.reply(xml));
    }

    /** Runs once, before the next call to this path is looked at; several are run one call each. */
    synchronized void before(String path, Runnable event) {
        before.computeIfAbsent(path, _ -> new ArrayDeque<>()).add(event);
    }

    /** Answers the next call to this path with this instead. */
    synchronized void instead(String path, int status, String body) {
        instead.computeIfAbsent(path, _ -> new ArrayDeque<>()).add(new Answer(status, body));
    }

    /** Does what the next call to this path asks for, but answers this. */
    synchronized void afterwards(String path, int status, String body) {
        afterwards.computeIfAbsent(path, _ -> new ArrayDeque<>()).add(new Answer(status, body));
    }

    /** Whether every call is answered by a gateway that does not reach SICS. */
    synchronized void out(boolean isOut) {
        out = isOut;
    }

    /** Lets consume calls return at once, even if they ask to wait. */
    synchronized void neverWaits() {
        waits = false;
    }

    synchronized void endSessions() {
        sessions.clear();
    }

    /** As after a restart of SICS, with ACMP connected again. */
    synchronized void restart() {
        sessions.clear();
        loseTargets();
    }

    /** Our virtual router and targets are gone, the session is not. */
    synchronized void loseTargets() {
        targets.clear();
        routers.clear();
        routers.add(SERVER.virtualRouter());
    }

    /** Our targets are gone, our virtual router is not. */
    synchronized void loseTargetsOnly() {
        targets.clear();
    }

    synchronized void forgetAcmp() {
        routers.remove(SERVER.virtualRouter());
    }

    synchronized Set<String> targets() {
        return Set.copyOf(targets.keySet());
    }

    synchronized Set<String> routers() {
        Set<String> ours = new HashSet<>(routers);
        ours.remove(SERVER.virtualRouter());
        return ours;
    }

    /** Method and path of every call, names left out. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    long calls(String call) {
        return calls.stream().filter(call::equals).count();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String root = "/" + path.split("/", -1)[1];
            calls.add(exchange.getRequestMethod() + " " + root);
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer answer = answer(exchange, root, path,
                    body.length == 0 ? json.createObjectNode() : json.readTree(body));
            byte[] bytes = answer.body.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private Answer answer(HttpExchange exchange, String root, String path, JsonNode body) {
        Runnable event = next(before, root);
        if (event != null) {
            event.run();
        }
        synchronized (this) {
            Answer ordered = out ? new Answer(503, "<html>Service Unavailable</html>") : next(instead, root);
            if (ordered != null) {
                return ordered;
            }
            Answer honest = honest(exchange, root, path, body);
            Answer other = next(afterwards, root);
            return other == null ? honest : other;
        }
    }

    private Answer honest(HttpExchange exchange, String root, String path, JsonNode body) {
        if (root.equals("/Session")) {
            return logIn(body);
        }
        String session = exchange.getRequestHeaders().getFirst("X-SICS-SESSION");
        if (session == null || !sessions.contains(session)) {
            return new Answer(401, "{\"ErrorCode\":7,\"Result\":\"session\"}");
        }
        return switch (exchange.getRequestMethod() + " " + root) {
            case "POST /VirtualRouter" -> {
                routers.add(body.get("VirtualRouterName").stringValue());
                yield Answer.ok();
            }
            case "POST /Target" -> createTarget(body);
            case "POST /Publish" -> publish(body);
            case "POST /Consume" -> consume(body);
            case "DELETE /VirtualRouter" -> deleted(routers.remove(path.substring("/VirtualRouter/".length())));
            case "DELETE /Target" -> deleted(targets.remove(path.substring("/Target/".length())) != null);
            default -> new Answer(404, "");
        };
    }

    private synchronized <T> @Nullable T next(Map<String, Deque<T>> events, String root) {
        return events.getOrDefault(root, new ArrayDeque<>()).poll();
    }

    private Answer logIn(JsonNode body) {
        if (!body.path("Password").asString("").equals(PASSWORD)) {
            return new Answer(401,
                    "{\"ErrorCode\":15,\"Result\":\"wrong password " + body.path("Password").asString("") + "\"}");
        }
        String token = UUID.randomUUID().toString();
        sessions.add(token);
        return new Answer(200, "{\"Session\":\"" + token + "\"}");
    }

    private Answer createTarget(JsonNode body) {
        String router = body.get("VirtualRouter").stringValue();
        if (!routers.contains(router) || !body.get("TargetType").stringValue().equals("Queue")) {
            return Answer.notFound();
        }
        List<String> keys = new ArrayList<>();
        body.get("Routing_Keys").forEach(key -> keys.add(key.stringValue()));
        targets.put(body.get("TargetName").stringValue(), new Target(router, List.copyOf(keys), new ArrayDeque<>()));
        return Answer.ok();
    }

    private Answer publish(JsonNode body) {
        if (!routers.contains(body.get("VirtualRouter").stringValue())) {
            return Answer.notFound();
        }
        if (!body.get("ExchangeType").stringValue().equals("ROUTING")) {
            return new Answer(400, "{\"ErrorCode\":35}");
        }
        String key = body.get("Routing_Key").stringValue();
        if (key.equals(SERVER.routingKey()) || key.equals(OTHER.routingKey())) {
            (key.equals(OTHER.routingKey()) ? otherAcmp : acmp).accept(new Publication(this,
                    new String(Base64.getDecoder().decode(body.get("Body").stringValue()), UTF_8),
                    body.get("Callback_VirtualRouter").stringValue(), body.get("Callback_Routing_Key").stringValue()));
        }
        return Answer.ok();
    }

    private Answer consume(JsonNode body) {
        Target target = targets.get(body.get("TargetName").stringValue());
        if (target == null) {
            return Answer.notFound();
        }
        String message = target.messages.poll();
        if (message == null && waits) {
            clock.advance(Duration.ofMillis(body.get("WaitTimeout").longValue()));
        }
        return new Answer(200, "{\"ErrorCode\":0,\"Result\":\"\",\"AckMessages\":[],\"ResultMessages\":["
                + (message == null ? "" : "\"" + message + "\"") + "]}");
    }

    private static Answer deleted(boolean found) {
        return found ? Answer.ok() : Answer.notFound();
    }

    private synchronized void route(String router, String key, String message) {
        targets.values()
                .stream()
                .filter(target -> target.router.equals(router) && target.keys.contains(key))
                .forEach(target -> target.messages.add(message));
    }

    /** A request that reached ACMP. */
    record Publication(StubSics sics, String xml, String callbackRouter, String callbackKey) {

        void reply(String answer) {
            replyRaw(Base64.getEncoder().encodeToString(answer.getBytes(UTF_8)));
        }

        void replyRaw(String body) {
            sics.route(callbackRouter, callbackKey, body);
        }
    }

    private record Target(String router, List<String> keys, Deque<String> messages) {}

    private record Answer(int status, String body) {

        static Answer ok() {
            return new Answer(200, "{\"ErrorCode\":0,\"Result\":\"\"}");
        }

        static Answer notFound() {
            return new Answer(404, "{\"ErrorCode\":30,\"Result\":\"not found\"}");
        }
    }
}
