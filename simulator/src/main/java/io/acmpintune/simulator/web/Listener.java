package io.acmpintune.simulator.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import tools.jackson.core.JsonGenerator;

/** A listening socket. Translates between the JDK's HTTP server and requests and outcomes. */
public final class Listener implements AutoCloseable {

    static {
        // The JDK's server reads this once. Without it every response on a kept-alive connection waits about 40 ms for
        // the delayed acknowledgement of the one before.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final TcpProxy relay;
    /** The thread that handles each client's request, by the client's port as the server sees it. */
    private final Map<Integer, Thread> working = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String scheme;
    private final Dispatcher dispatcher;

    private Listener(HttpServer server, InetSocketAddress address, String scheme, Dispatcher dispatcher)
            throws IOException {
        this.server = server;
        this.scheme = scheme;
        this.dispatcher = dispatcher;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
        try {
            this.relay = TcpProxy.open(address, server.getAddress().getPort(), this::gone);
        } catch (IOException e) {
            server.stop(0);
            throw e;
        }
    }

    public static Listener http(InetSocketAddress address, Dispatcher dispatcher) throws IOException {
        return new Listener(HttpServer.create(inside(), 0), address, "http", dispatcher);
    }

    public static Listener https(InetSocketAddress address, SSLContext tls, Dispatcher dispatcher)
            throws IOException {
        HttpsServer server = HttpsServer.create(inside(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return new Listener(server, address, "https", dispatcher);
    }

    private static InetSocketAddress inside() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    public int port() {
        return relay.port();
    }

    @Override
    public void close() throws IOException {
        relay.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        int client = exchange.getRemoteAddress().getPort();
        working.put(client, Thread.currentThread());
        try {
            answer(exchange);
        } finally {
            working.remove(client);
        }
    }

    /** Interrupts the handling of a request whose client has disconnected. */
    private void gone(int client) {
        Thread thread = working.get(client);
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        Request request;
        try {
            request = requestOf(exchange);
        } catch (IllegalArgumentException brokenEscape) {
            send(exchange,
                    Response.text(400, "text/plain; charset=utf-8", "Bad Request: " + brokenEscape.getMessage()));
            return;
        }
        Outcome outcome;
        try {
            outcome = dispatcher.dispatch(request);
        } catch (RuntimeException bug) {
            outcome = new Outcome.Send(failure(request, bug));
        }
        switch (outcome) {
            case Outcome.Send(Response answer) -> send(exchange, answer);
            case Outcome.CutShort(Response answer) -> sendHalf(exchange, answer, false);
            case Outcome.Halve(Response answer) -> sendHalf(exchange, answer, true);
            // Without headers sent, closing the exchange closes the connection.
            case Outcome.Drop() -> exchange.close();
            case Outcome.Reset() -> {
                relay.reset(exchange.getRemoteAddress().getPort());
                exchange.close();
            }
        }
    }

    private Request requestOf(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        String host = Optional.ofNullable(headers.get("Host")).orElseGet(() -> "localhost:" + port());
        String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        return Request.of(scheme + "://" + host.toLowerCase(Locale.ROOT), exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(), Query.parse(query), headers, body);
    }

    private static Response failure(Request request, RuntimeException bug) {
        return Response.text(500, "text/plain; charset=utf-8",
                "the simulator failed on " + request.method() + " " + request.path() + ": " + bug);
    }

    private static void send(HttpExchange exchange, Response answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        if ("close".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Connection"))) {
            // The JDK's server closes the connection without saying so, and a proxy would use it again.
            exchange.getResponseHeaders().set("Connection", "close");
        }
        switch (answer.body()) {
            case Response.Body.None() -> {
                exchange.sendResponseHeaders(answer.status(), -1);
                exchange.close();
            }
            case Response.Body.Text(String value) -> {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            }
            case Response.Body.JsonValue(Json.Writing writing) -> stream(exchange, answer.status(), writing);
        }
    }

    /**
     * Sends half of the body; a connection without a body is closed.
     *
     * @param asWhole whether Content-Length is that of the half; otherwise the connection ends too early
     */
    private static void sendHalf(HttpExchange exchange, Response answer, boolean asWhole) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] whole = answer.body().bytes();
        int half = whole.length / 2;
        if (half == 0) {
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(answer.status(), asWhole ? half : whole.length);
        exchange.getResponseBody().write(whole, 0, half);
        exchange.getResponseBody().flush();
        // The server closes the connection because the announced length was not sent.
        exchange.close();
    }

    private static void stream(HttpExchange exchange, int status, Json.Writing writing) throws IOException {
        try {
            // Not closed on failure: closing would complete the JSON, so that half a list looks complete.
            JsonGenerator json = Json.MAPPER.createGenerator(new ResponseStream(exchange, status));
            writing.write(json);
            json.close();
        } catch (RuntimeException clientGoneOrBug) {
            exchange.close();
            throw clientGoneOrBug;
        }
    }
}
