package io.acmpintune.engine.acmp.sics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Sends HTTP requests with JSON bodies to SICS. It knows addresses and time limits, but not the meaning of calls. */
final class SicsHttp implements AutoCloseable {

    /** Replies have a few hundred records at most, which is far less; so is an order of 10,000 clients. */
    private static final int MAX_TEXT_BYTES = 1024 * 1024;
    /** All messages of an answer. */
    private static final int MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

    private final SicsConnection connection;
    private final HttpClient http;
    private final RestClient rest;
    private final JsonMapper json = JsonMapper.builder().build();

    SicsHttp(SicsConnection connection, @Nullable SSLContext trust) {
        this.connection = connection;
        // HTTP/1.1 only: on an unencrypted connection the JDK would otherwise ask for an upgrade that old servers refuse.
        // Redirects are not followed: they could carry the password to another host.
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connection.connectTimeout());
        if (trust != null) {
            builder.sslContext(trust);
        }
        http = builder.build();
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(connection.readTimeout());
        rest = RestClient.builder().requestFactory(requests).build();
    }

    /**
     * Sends a request once.
     *
     * @param headers further headers, such as the session's
     */
    Exchange send(SicsRequest request, Map<String, String> headers) {
        try {
            RestClient.RequestBodySpec call = rest.method(request.method())
                    .uri(address(request))
                    .accept(MediaType.APPLICATION_JSON)
                    .headers(all -> headers.forEach(all::set));
            if (!request.body().isEmpty()) {
                call.contentType(MediaType.APPLICATION_JSON).body(json.writeValueAsBytes(request.body()));
            }
            return call.exchangeForRequiredValue((_, response) -> answer(request, response));
        } catch (ResourceAccessException e) {
            return new Exchange.Failed(ConnectionProblems.of(connection, e));
        }
    }

    /** Aborts every exchange in progress. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    private URI address(SicsRequest request) {
        String base = connection.url().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + request.path());
    }

    private Exchange answer(SicsRequest request, ClientHttpResponse response) throws IOException {
        HttpStatusCode status = response.getStatusCode();
        byte[] bytes = new ShortTexts(response.getBody(), MAX_TEXT_BYTES).readNBytes(MAX_RESPONSE_BYTES + 1);
        if (bytes.length > MAX_RESPONSE_BYTES) {
            return notJson(request, "answered with more than " + MAX_RESPONSE_BYTES + " bytes");
        }
        try {
            JsonNode body = bytes.length == 0 ? MissingNode.getInstance() : json.readTree(bytes);
            return new Exchange.Responded(status.value(), body);
        } catch (JacksonException _) {
            return status.is2xxSuccessful()
                    ? notJson(request, "answered with something that is not JSON")
                    : new Exchange.Responded(status.value(), MissingNode.getInstance());
        }
    }

    private Exchange notJson(SicsRequest request, String why) {
        return new Exchange.Failed(
                new ConnectionProblem(ConnectionProblem.Kind.MALFORMED_REPLY, "acmp.sics.url " + connection.url(),
                        why + " to " + request.method() + " " + request.path(),
                        "Check that SICS's REST interface listens at this address"));
    }

    /** The outcome of an exchange. */
    sealed interface Exchange {

        /**
         * SICS answered.
         *
         * @param status the HTTP status
         * @param body the JSON body; a missing node if there was none
         */
        record Responded(int status, JsonNode body) implements Exchange {}

        /** SICS was not reached, or its answer was unreadable. */
        record Failed(ConnectionProblem problem) implements Exchange {}
    }
}
