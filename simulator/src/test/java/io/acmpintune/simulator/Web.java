package io.acmpintune.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An ordinary HTTP client. */
final class Web {

    static final JsonMapper MAPPER = JsonMapper.shared();

    private final HttpClient client;

    Web(HttpClient client) {
        this.client = client;
    }

    static Web plain() {
        return new Web(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    /** A response. */
    record Reply(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            return MAPPER.readTree(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Reply get(String url, Map<String, String> headers) {
        return send(request(url, headers).GET());
    }

    Reply post(String url, Map<String, String> headers, String body) {
        return send(request(url, headers).POST(BodyPublishers.ofString(body)));
    }

    Reply postJson(String url, Map<String, String> headers, Object body) {
        return sendJson("POST", url, headers, body);
    }

    Reply sendJson(String method, String url, Map<String, String> headers, Object body) {
        return send(request(url, headers).header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(MAPPER.writeValueAsString(body))));
    }

    Reply postForm(String url, Map<String, String> form) {
        String body = form.entrySet()
                .stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(url, Map.of("Content-Type", "application/x-www-form-urlencoded"))
                .POST(BodyPublishers.ofString(body)));
    }

    Reply delete(String url, Map<String, String> headers) {
        return send(request(url, headers).DELETE());
    }

    /** Sends a request and throws connection errors unchanged. */
    Reply attempt(HttpRequest request) throws IOException {
        try {
            return new Reply(client.send(request, BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static HttpRequest.Builder request(String url, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofMinutes(2));
        headers.forEach(request::header);
        return request;
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            return attempt(request.build());
        } catch (IOException e) {
            throw new IllegalStateException("no answer came", e);
        }
    }
}
