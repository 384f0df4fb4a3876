package io.acmpintune.connector.outbound;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/** An HTTP client for Microsoft's services with its own connections. Safe for use by many threads. */
public final class OutboundClient {

    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

    private final @Nullable HttpProxy proxy;
    private final Supplier<OkHttpClient.Builder> settings;
    private volatile OkHttpClient http;

    /**
     * Creates a client.
     *
     * @param tls trusted certificates; null = those of the Java platform
     * @param settings a new builder for each call, with everything except proxy and trust
     */
    public OutboundClient(@Nullable HttpProxy proxy, @Nullable SslBundle tls, Supplier<OkHttpClient.Builder> settings) {
        this.proxy = proxy;
        this.settings = settings;
        this.http = client(tls);
    }

    /**
     * Creates a client for responses that are read completely.
     *
     * @param read longest time between two bytes of a response
     */
    public static OutboundClient forText(@Nullable HttpProxy proxy, @Nullable SslBundle tls, Duration connect,
            Duration read) {
        return new OutboundClient(proxy, tls, () -> new OkHttpClient.Builder().connectTimeout(connect)
                .readTimeout(read)
                .followRedirects(false)
                .followSslRedirects(false));
    }

    /** Trusts the changed bundle from the next connection on; requests in progress are not affected. */
    public void updateTrust(SslBundle tls) {
        OkHttpClient before = http;
        http = client(tls);
        before.connectionPool().evictAll();
    }

    /** Returns the present client, for SDKs that need one to build requests. */
    public OkHttpClient http() {
        return http;
    }

    /** Closes idle connections; only for a client that is not used for the life of the service. */
    public void close() {
        http.connectionPool().evictAll();
    }

    /**
     * Sends a request.
     *
     * @throws NotSentException when nothing was sent
     * @throws IOException when it may have been processed, but no answer arrived
     */
    public Response send(Request request) throws IOException {
        SendTracker tracker = new SendTracker();
        try {
            return http.newCall(request.newBuilder().tag(SendTracker.class, tracker).build()).execute();
        } catch (IOException e) {
            if (tracker.started) {
                throw e;
            }
            throw new NotSentException(reason(request, e), e);
        }
    }

    /** As {@link #send(Request)}, with the response's body as text. */
    public TextResponse exchange(String method, URL url, Map<String, String> headers, @Nullable String body)
            throws IOException {
        Request request = new Request.Builder().url(url)
                .headers(Headers.of(headers))
                .method(method, body == null ? null : RequestBody.create(body.getBytes(StandardCharsets.UTF_8), null))
                .build();
        try (Response response = send(request)) {
            return new TextResponse(response.code(), response.headers().toMultimap(),
                    response.body() == null ? "" : response.body().string());
        }
    }

    private String reason(Request request, IOException e) {
        String target = request.url().scheme() + "://" + request.url().host() + ":" + request.url().port();
        if (proxy == null) {
            return e instanceof SSLException
                    ? target + " is not trusted: " + e.getMessage()
                            + "; set ssl-bundle to an SSL bundle that contains its certificate authority"
                    : target + " cannot be reached: " + e;
        }
        String prefix = target + " cannot be reached through the proxy " + proxy + ": ";
        String text = String.valueOf(e.getMessage());
        if (text.contains("authenticate with proxy")) {
            return prefix + (proxy.username() == null
                    ? "it requires a username and a password; set proxy.username and proxy.password"
                    : "it rejected the username and password; check proxy.username and proxy.password");
        }
        if (e instanceof SSLException) {
            return prefix + "the certificate is not trusted (" + text
                    + "); if the proxy intercepts TLS, set ssl-bundle to an SSL bundle that contains its certificate authority";
        }
        return prefix + e + "; check proxy.host and proxy.port, and that the proxy allows " + request.url().host();
    }

    private OkHttpClient client(@Nullable SslBundle tls) {
        OkHttpClient.Builder builder = settings.get()
                .connectionPool(new ConnectionPool())
                .eventListenerFactory(_ -> SendTracker.LISTENER);
        if (tls != null) {
            builder.sslSocketFactory(tls.createSslContext().getSocketFactory(), TrustManagers.of(tls));
        }
        return withProxy(builder).build();
    }

    private OkHttpClient.Builder withProxy(OkHttpClient.Builder builder) {
        if (proxy == null) {
            return builder;
        }
        // unresolved, so that the name is resolved for each connection
        builder.proxy(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
        String username = proxy.username();
        String password = proxy.password() == null ? "" : proxy.password();
        return username == null ? builder : builder.proxyAuthenticator((_, response) -> {
            // OkHttp asks once before it connects; a second call means that the proxy rejected the credentials
            if (response.request().header(PROXY_AUTHORIZATION) != null) {
                return null;
            }
            return response.request()
                    .newBuilder()
                    .header(PROXY_AUTHORIZATION,
                            Credentials.basic(username, password, StandardCharsets.UTF_8))
                    .build();
        });
    }

    /** Records whether any part of a request was written to its target; a proxy's CONNECT does not count. */
    private static final class SendTracker {

        static final EventListener LISTENER = new EventListener() {
            @Override
            public void requestHeadersStart(Call call) {
                SendTracker tracker = call.request().tag(SendTracker.class);
                if (tracker != null) {
                    tracker.started = true;
                }
            }
        };

        private volatile boolean started;
    }
}
