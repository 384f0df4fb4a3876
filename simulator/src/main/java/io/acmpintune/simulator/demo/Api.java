package io.acmpintune.simulator.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a service's HTTP API with a token. */
public final class Api {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();
    /** Generous, for a busy machine. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(2);

    private final String url;
    private final String token;

    /** @param url without a path */
    public Api(String url, String token) {
        this.url = url;
        this.token = token;
    }

    public String url() {
        return url;
    }

    /** Returns the response body, which may be a problem. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    public JsonNode post(String path, Object body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        headers.forEach(request::header);
        return send(request.build());
    }

    /** Whether the service responds and reports to be healthy. */
    public boolean isHealthy() throws InterruptedException {
        try {
            return get("/actuator/health").path("status").asString("").equals("UP");
        } catch (IOException _) {
            return false;
        }
    }

    /** Whether a page is available without signing in. */
    public boolean isThere(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).timeout(REQUEST_TIMEOUT).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(REQUEST_TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    private static JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
