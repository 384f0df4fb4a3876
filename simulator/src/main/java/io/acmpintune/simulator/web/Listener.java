package io.acmpintune.simulator.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import tools.jackson.core.JsonGenerator;

/** One listening socket: turns what the JDK's server hands over into requests, and outcomes into bytes. */
public final class Listener implements AutoCloseable {

    static {
        // The JDK's server reads this once. Without it every answer on a kept-alive connection waits for the
        // delayed acknowledgement of the one before, about 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String scheme;
    private final Switchboard switchboard;

    private Listener(HttpServer server, String scheme, Switchboard switchboard) {
        this.server = server;
        this.scheme = scheme;
        this.switchboard = switchboard;
    }

    public static Listener http(InetSocketAddress address, Switchboard switchboard) throws IOException {
        return started(new Listener(HttpServer.create(address, 0), "http", switchboard));
    }

    public static Listener https(InetSocketAddress address, SSLContext tls, Switchboard switchboard)
            throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return started(new Listener(server, "https", switchboard));
    }

    private static Listener started(Listener listener) {
        listener.server.createContext("/", listener::handle);
        listener.server.setExecutor(listener.threads);
        listener.server.start();
        return listener;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Request request;
        try {
            request = requestOf(exchange);
        } catch (IllegalArgumentException brokenEscape) {
            send(exchange, Answer.text(400, "text/plain; charset=utf-8", "Bad Request: " + brokenEscape.getMessage()));
            return;
        }
        Outcome outcome;
        try {
            outcome = switchboard.dispatch(request);
        } catch (RuntimeException bug) {
            outcome = new Outcome.Send(failure(request, bug));
        }
        switch (outcome) {
            case Outcome.Send(Answer answer) -> send(exchange, answer);
            // Without headers sent, closing the exchange closes the connection.
            case Outcome.Drop() -> exchange.close();
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

    private static Answer failure(Request request, RuntimeException bug) {
        return Answer.text(500, "text/plain; charset=utf-8",
                "the simulator failed on " + request.method() + " " + request.path() + ": " + bug);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        if ("close".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Connection"))) {
            // The JDK's server closes then, but does not say so, and a proxy would use the connection again.
            exchange.getResponseHeaders().set("Connection", "close");
        }
        switch (answer.body()) {
            case Answer.Body.None() -> {
                exchange.sendResponseHeaders(answer.status(), -1);
                exchange.close();
            }
            case Answer.Body.Text(String value) -> {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            }
            case Answer.Body.JsonValue(Json.Writing writing) -> stream(exchange, answer.status(), writing);
        }
    }

    private static void stream(HttpExchange exchange, int status, Json.Writing writing) throws IOException {
        try {
            // Not closed on failure: closing would complete the JSON and pass half a list off as a whole one.
            JsonGenerator json = Json.MAPPER.createGenerator(new AnswerStream(exchange, status));
            writing.write(json);
            json.close();
        } catch (RuntimeException clientGoneOrBug) {
            exchange.close();
            throw clientGoneOrBug;
        }
    }
}
