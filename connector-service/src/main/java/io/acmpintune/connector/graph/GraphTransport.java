package io.acmpintune.connector.graph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

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
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

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
    private final OkHttpClient http;
    private final BaseGraphRequestAdapter adapter;
    private final GraphServiceClient client;
    private final HttpUrl root;
    private final AtomicInteger calls = new AtomicInteger();

    GraphTransport(Connector connector, AccessTokens tokens, @Nullable SslBundle tls) {
        this.tokens = tokens;
        this.root = HttpUrl.get(connector.endpoints().graph().toString());
        OkHttpClient.Builder builder = GraphClientFactory.create(interceptors())
                .connectTimeout(CONNECT)
                .callTimeout(CALL)
                // it would send a POST again after a broken connection, which may have been executed
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false);
        if (tls != null) {
            builder.sslSocketFactory(tls.createSslContext().getSocketFactory(), Trust.managerOf(tls));
        }
        this.http = builder.build();
        this.adapter = new BaseGraphRequestAdapter(new BaseBearerTokenAuthenticationProvider(new Tokens()),
                connector.endpoints().graph() + "/v1.0", http);
        this.client = new GraphServiceClient(adapter);
    }

    /** An answer's start; the body is read by whoever asked, who closes it. */
    sealed interface Answer {
        record Arrived(Response response) implements Answer {}

        /** Nothing was sent: there was no connection. */
        record NotSent(String reason) implements Answer {}

        /** The request left, whole or in part, and no answer came. */
        record Lost(String reason) implements Answer {}
    }

    GraphServiceClient client() {
        return client;
    }

    int calls() {
        return calls.get();
    }

    /** Gives back idle connections; only for one that is not used for the life of the service. */
    void close() {
        http.connectionPool().evictAll();
    }

    /** Sends what the builder describes; once more with a new token when the one at hand is no longer taken. */
    Answer send(Function<GraphServiceClient, RequestInformation> what) {
        return send(() -> nativeRequest(what.apply(client)));
    }

    /** Follows a link that Graph gave, unchanged: its token is opaque, and no URI template. */
    Answer follow(String link) {
        HttpUrl url = HttpUrl.parse(link);
        if (url == null || !url.host().equals(root.host()) || url.port() != root.port()
                || url.isHttps() != root.isHttps()) {
            // our token must reach nobody else
            throw new GraphFailure(GraphProblem.noAnswer("Graph named a next page that is not on " + root).toProblem());
        }
        return send(
                () -> nativeRequest(client.deviceManagement().managedDevices().toGetRequestInformation()).newBuilder()
                        .url(url)
                        .build());
    }

    private Answer send(java.util.function.Supplier<Request> request) {
        Request first = request.get();
        Answer answer = sendOnce(first);
        if (answer instanceof Answer.Arrived(var response) && response.code() == 401) {
            response.close();
            String header = first.header("Authorization");
            tokens.refused(header == null ? "" : header.replaceFirst("^Bearer ", ""));
            // a 401 was not executed, whatever it asked for
            return sendOnce(request.get());
        }
        return answer;
    }

    private Answer sendOnce(Request request) {
        calls.incrementAndGet();
        try {
            return new Answer.Arrived(http.newCall(request).execute());
        } catch (ConnectException | UnknownHostException | NoRouteToHostException e) {
            return new Answer.NotSent(root + " cannot be reached: " + e);
        } catch (javax.net.ssl.SSLHandshakeException | javax.net.ssl.SSLPeerUnverifiedException e) {
            return new Answer.NotSent(root + " is not trusted: " + e.getMessage()
                    + "; name an SSL bundle that holds its certificate authority in ssl-bundle");
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
