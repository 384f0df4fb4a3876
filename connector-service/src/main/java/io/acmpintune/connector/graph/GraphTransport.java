package io.acmpintune.connector.graph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import com.microsoft.kiota.http.middleware.RedirectHandler;
import com.microsoft.kiota.http.middleware.RetryHandler;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

import io.acmpintune.connector.outbound.NotSentException;
import io.acmpintune.connector.outbound.OutboundClient;
import io.acmpintune.connector.tenant.AccessTokenException;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.Connector;

/**
 * Sends requests of the SDK's request builders through the SDK's pipeline and returns the raw answer. The SDK's model parsing is
 * bypassed: it is ten times slower than ours, turns unknown enum members into null, and fails on error bodies that are not Graph's.
 */
final class GraphTransport {

    /** From connecting to the end of the body. */
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final AccessTokens tokens;
    private final OutboundClient outbound;
    private final BaseGraphRequestAdapter adapter;
    private final GraphServiceClient client;
    private final HttpUrl root;
    private final CircuitBreaker circuitBreaker;

    GraphTransport(Connector connector, AccessTokens tokens, @Nullable SslBundle tls, CircuitBreaker circuitBreaker) {
        this.tokens = tokens;
        this.circuitBreaker = circuitBreaker;
        this.root = HttpUrl.get(connector.endpoints().graph().toString());
        this.outbound = new OutboundClient(connector.proxy(), tls, () -> GraphClientFactory.create(interceptors())
                .connectTimeout(CONNECT_TIMEOUT)
                .callTimeout(CALL_TIMEOUT)
                // OkHttp would repeat a POST after a broken connection, which Graph may have executed
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false));
        this.adapter = new BaseGraphRequestAdapter(new BaseBearerTokenAuthenticationProvider(new Tokens()),
                connector.endpoints().graph() + "/v1.0", outbound.http());
        this.client = new GraphServiceClient(adapter);
    }

    /** The result of a request. The caller reads and closes the body of a response. */
    sealed interface Answer {
        record Received(Response response) implements Answer {}

        /** There was no connection, so nothing was sent. */
        record NotSent(String reason) implements Answer {}

        /** The request was sent at least in part, but no answer arrived. */
        record Lost(String reason) implements Answer {}
    }

    GraphServiceClient client() {
        return client;
    }

    /** Closes idle connections; only for a transport that is not used for the life of the service. */
    void close() {
        outbound.close();
    }

    /** Trusts the changed bundle from the next connection on. */
    void updateTrust(SslBundle tls) {
        outbound.updateTrust(tls);
        tokens.updateTrust(tls);
    }

    CircuitBreaker circuitBreaker() {
        return circuitBreaker;
    }

    /**
     * Sends a request, and repeats it with a new token if Graph no longer accepts the present one.
     *
     * @throws GraphException when the circuit is open
     * @throws AccessTokenException when Entra issues no token
     */
    Answer send(Function<GraphServiceClient, RequestInformation> builder) {
        return send(builder, () -> {});
    }

    /** As {@link #send(Function)}; {@code beforeEach} runs before each request. */
    Answer send(Function<GraphServiceClient, RequestInformation> builder, Runnable beforeEach) {
        return send(() -> nativeRequest(builder.apply(client)), beforeEach);
    }

    /** Follows a link from Graph without changing it: its token is opaque, and it is not a URI template. */
    Answer follow(String link, Runnable beforeEach) {
        HttpUrl url = HttpUrl.parse(link);
        if (url == null || !url.host().equals(root.host()) || url.port() != root.port()
                || url.isHttps() != root.isHttps()) {
            // never send our token to another host
            throw new GraphException(GraphError.noAnswer("Graph returned a next page outside " + root).toProblem());
        }
        return send(
                () -> nativeRequest(client.deviceManagement().managedDevices().toGetRequestInformation()).newBuilder()
                        .url(url)
                        .build(),
                beforeEach);
    }

    private Answer send(Supplier<Request> request, Runnable beforeEach) {
        circuitBreaker.admit();
        try {
            Answer answer = sendWithToken(request, beforeEach);
            switch (answer) {
                case Answer.Received(var response) when response.code() >= 500 ->
                    circuitBreaker.recordFailure(CircuitBreaker.Outcome.FAILED,
                            GraphError.failing(response.code()).toProblem());
                case Answer.Received(var response) -> circuitBreaker.recordAnswer(response.code());
                case Answer.NotSent(var reason) ->
                    circuitBreaker.recordFailure(CircuitBreaker.Outcome.UNREACHABLE,
                            GraphError.noAnswer(reason).toProblem());
                case Answer.Lost(var reason) ->
                    circuitBreaker.recordFailure(CircuitBreaker.Outcome.LOST, GraphError.noAnswer(reason).toProblem());
            }
            return answer;
        } catch (AccessTokenException e) {
            circuitBreaker.recordFailure(CircuitBreaker.Outcome.NO_TOKEN, e.problem());
            throw e;
        }
    }

    private Answer sendWithToken(Supplier<Request> request, Runnable beforeEach) {
        Request first = request.get();
        beforeEach.run();
        Answer answer = sendOnce(first);
        if (answer instanceof Answer.Received(var response) && response.code() == 401) {
            response.close();
            String header = first.header("Authorization");
            tokens.invalidate(header == null ? "" : header.replaceFirst("^Bearer ", ""));
            // a request answered with 401 was not executed
            beforeEach.run();
            return sendOnce(request.get());
        }
        return answer;
    }

    private Answer sendOnce(Request request) {
        try {
            return new Answer.Received(outbound.send(request));
        } catch (NotSentException e) {
            return new Answer.NotSent(e.reason());
        } catch (IOException e) {
            return new Answer.Lost("no answer from " + root + ": " + e);
        }
    }

    private Request nativeRequest(RequestInformation information) {
        // the SDK uses one id for all requests of a client
        information.headers.add("client-request-id", UUID.randomUUID().toString());
        return adapter.convertToNativeRequest(information);
    }

    /**
     * Returns the SDK's handlers without retry, which repeats a POST that may have been executed, and without redirect, which would
     * accept any host's answer as Graph's.
     */
    private static Interceptor[] interceptors() {
        return Arrays
                .stream(GraphClientFactory.createDefaultGraphInterceptors(GraphServiceClient.getGraphClientOptions()))
                .filter(interceptor -> !(interceptor instanceof RetryHandler || interceptor instanceof RedirectHandler))
                .toArray(Interceptor[]::new);
    }

    private final class Tokens implements AccessTokenProvider {
        @Override
        public String getAuthorizationToken(URI uri, @Nullable Map<String, Object> additional) {
            return tokens.token();
        }

        @Override
        public AllowedHostsValidator getAllowedHostsValidator() {
            return new AllowedHostsValidator(root.host());
        }
    }

    /** Reads a small body completely and closes it. */
    static String text(Response response) {
        try (response) {
            return response.body() == null ? "" : response.body().string();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
