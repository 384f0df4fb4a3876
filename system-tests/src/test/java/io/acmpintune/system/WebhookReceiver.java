package io.acmpintune.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/** A system that receives webhooks and accepts all of them. */
final class WebhookReceiver implements AutoCloseable {

    static final String SECRET = "canary-webhook-secret-0123456789abcdef";

    private final HttpServer server;
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    /** The engine's configuration for this receiver, on one line. */
    String configuration() {
        return "engine.webhooks.test: { url: \"http://127.0.0.1:%d/\", secret: \"%s\", allow-unencrypted: true }"
                .formatted(server.getAddress().getPort(), SECRET);
    }

    /** Returns the bodies that were received for one kind of event. */
    List<String> received(String event) {
        return bodies.stream()
                .filter(body -> JsonMapper.shared().readTree(body).path("event").asString("").equals(event))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
