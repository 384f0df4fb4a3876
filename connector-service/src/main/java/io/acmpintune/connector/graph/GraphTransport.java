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

import io.acmpintune.connector.outbound.NotSent;
import io.acmpintune.connector.outbound.OutboundClient;
import io.acmpintune.connector.tenant.AccessTokenException;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.Connector;

/**
 * Sends what the SDK's request builders describe, through the SDK's own pipeline, and hands the raw answer over. The SDK's model
 * parsing is left out: it is ten times slower than ours, turns enum members it does not know into null, and fails on error
 * bodies that are not Graph's.
 */
final class GraphTransport {

    /** From connecting to the end of the body. */
    private static final Duration CALL = Duration.ofMinutes(2);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final AccessTokens tokens;
    private final OutboundClient outbound;
    private final BaseGraphRequestAdapter adapter;
    private final GraphServiceClient client;
    private final HttpUrl root;
    private final CircuitBreaker traffic;

    GraphTransport(Connector connector, AccessTokens tokens, @Nullable SslBundle tls, CircuitBreaker traffic) {
        this.tokens = tokens;
        this.traffic = traffic;
        this.root = HttpUrl.get(connector.endpoints().graph().toString());
        this.outbound = new OutboundClient(connector.proxy(), tls, () -> GraphClientFactory.create(interceptors())
                .connectTimeout(CONNECT)
                .callTimeout(CALL)
                // it would send a POST again after a broken connection, which may have been executed
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false));
        this.adapter = new BaseGraphRequestAdapter(new BaseBearerTokenAuthenticationProvider(new Tokens()),
                connector.endpoints().graph() + "/v1.0", outbound.http());
        this.client = new GraphServiceClient(adapter);
    }

    /** An answer's start; the body is read by whoever asked, who closes it. */
    sealed interface Answer {
        record Received(Response response) implements Answer {}

        /** Nothing was sent: there was no connection. */
        record NotSent(String reason) implements Answer {}

        /** The request left, whole or in part, and no answer came. */
        record Lost(String reason) implements Answer {}
    }

    GraphServiceClient client() {
        return client;
    }

    /** Gives back idle connections; only for one that is not used for the life of the service. */
    void close() {
        outbound.close();
    }

    /** Trusts the bundle as it is now. */
    void trust(SslBundle tls) {
        outbound.trust(tls);
        tokens.trust(tls);
    }

    CircuitBreaker traffic() {
        return traffic;
    }

    /**
     * Sends what the builder describes; once more with a new token when the one at hand is no longer taken.
     *
     * @throws GraphException when calls keep failing and this one is not tried
     * @throws AccessTokenException when Entra gives none
     */
    Answer send(Function<GraphServiceClient, RequestInformation> what) {
        return send(what, () -> {});
    }

    /** As {@link #send(Function)}; {@code sending} is told of each request that leaves. */
    Answer send(Function<GraphServiceClient, RequestInformation> what, Runnable sending) {
        return send(() -> nativeRequest(what.apply(client)), sending);
    }

    /** Follows a link that Graph gave, unchanged: its token is opaque, and no URI template. */
    Answer follow(String link, Runnable sending) {
        HttpUrl url = HttpUrl.parse(link);
        if (url == null || !url.host().equals(root.host()) || url.port() != root.port()
                || url.isHttps() != root.isHttps()) {
            // our token must reach nobody else
            throw new GraphException(GraphError.noAnswer("Graph named a next page that is not on " + root).toProblem());
        }
        return send(
                () -> nativeRequest(client.deviceManagement().managedDevices().toGetRequestInformation()).newBuilder()
                        .url(url)
                        .build(),
                sending);
    }

    private Answer send(Supplier<Request> request, Runnable sending) {
        traffic.enter();
        try {
            Answer answer = sendWithToken(request, sending);
            switch (answer) {
                case Answer.Received(var response) when response.code() >= 500 ->
                    traffic.failed(CircuitBreaker.Outcome.FAILED, GraphError.failing(response.code()).toProblem());
                case Answer.Received(var response) -> traffic.answered(response.code());
                case Answer.NotSent(var reason) ->
                    traffic.failed(CircuitBreaker.Outcome.UNREACHABLE, GraphError.noAnswer(reason).toProblem());
                case Answer.Lost(var reason) ->
                    traffic.failed(CircuitBreaker.Outcome.LOST, GraphError.noAnswer(reason).toProblem());
            }
            return answer;
        } catch (AccessTokenException e) {
            traffic.failed(CircuitBreaker.Outcome.NO_TOKEN, e.problem());
            throw e;
        }
    }

    private Answer sendWithToken(Supplier<Request> request, Runnable sending) {
        Request first = request.get();
        sending.run();
        Answer answer = sendOnce(first);
        if (answer instanceof Answer.Received(var response) && response.code() == 401) {
            response.close();
            String header = first.header("Authorization");
            tokens.refused(header == null ? "" : header.replaceFirst("^Bearer ", ""));
            // a 401 was not executed, whatever it asked for
            sending.run();
            return sendOnce(request.get());
        }
        return answer;
    }

    private Answer sendOnce(Request request) {
        try {
            return new Answer.Received(outbound.send(request));
        } catch (NotSent e) {
            return new Answer.NotSent(e.reason());
        } catch (IOException e) {
            return new Answer.Lost("no answer from " + root + ": " + e);
        }
    }

    private Request nativeRequest(RequestInformation information) {
        // the SDK would use one id for all requests of a client
        information.headers.add("client-request-id", UUID.randomUUID().toString());
        return adapter.convertToNativeRequest(information);
    }

    /**
     * The SDK's own handlers but its retry, which repeats a POST that may have been executed, and its redirect, which would take
     * any host's answer for Graph's.
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

    /** Reads a small body whole. */
    static String text(Response response) {
        try (response) {
            return response.body() == null ? "" : response.body().string();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
