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

/** One client of Microsoft's, with its own connections. Safe for use by many threads. */
public final class OutboundClient {

    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

    private final @Nullable HttpProxy proxy;
    private final Supplier<OkHttpClient.Builder> settings;
    private volatile OkHttpClient http;

    /**
     * Makes a client.
     *
     * @param tls whom to trust; null = whom the Java platform trusts
     * @param settings everything but proxy and trust, made anew each time
     */
    public OutboundClient(@Nullable HttpProxy proxy, @Nullable SslBundle tls, Supplier<OkHttpClient.Builder> settings) {
        this.proxy = proxy;
        this.settings = settings;
        this.http = client(tls);
    }

    /**
     * A client for answers that are read whole.
     *
     * @param read for the answer, from its last byte to the next
     */
    public static OutboundClient text(@Nullable HttpProxy proxy, @Nullable SslBundle tls, Duration connect,
            Duration read) {
        return new OutboundClient(proxy, tls, () -> new OkHttpClient.Builder().connectTimeout(connect)
                .readTimeout(read)
                .followRedirects(false)
                .followSslRedirects(false));
    }

    /** Trusts the bundle as it is now from the next connection on; what is under way ends as it began. */
    public void trust(SslBundle tls) {
        OkHttpClient before = http;
        http = client(tls);
        before.connectionPool().evictAll();
    }

    /** The client as it is now, for whoever needs one to describe requests. */
    public OkHttpClient http() {
        return http;
    }

    /** Gives back idle connections; only for one that is not used for the life of the service. */
    public void close() {
        http.connectionPool().evictAll();
    }

    /**
     * Sends a request.
     *
     * @throws NotSent when it never left
     * @throws IOException when it may have been taken, and no answer came
     */
    public Response send(Request request) throws IOException {
        Departure departure = new Departure();
        try {
            return http.newCall(request.newBuilder().tag(Departure.class, departure).build()).execute();
        } catch (IOException e) {
            if (departure.begun) {
                throw e;
            }
            throw new NotSent(reason(request, e), e);
        }
    }

    /** As {@link #send(Request)}, with the answer's body as text. */
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
                            + "; name an SSL bundle that holds its certificate authority in ssl-bundle"
                    : target + " cannot be reached: " + e;
        }
        String way = target + " cannot be reached through the proxy " + proxy + ": ";
        String text = String.valueOf(e.getMessage());
        if (text.contains("authenticate with proxy")) {
            return way + (proxy.username() == null
                    ? "it wants a username and a password; set proxy.username and proxy.password"
                    : "it does not take the username and password; check proxy.username and proxy.password");
        }
        if (e instanceof SSLException) {
            return way + "what answers is not trusted (" + text
                    + "); if the proxy opens TLS, name an SSL bundle that holds its certificate authority in ssl-bundle";
        }
        return way + e + "; check proxy.host and proxy.port, and that it lets " + request.url().host() + " pass";
    }

    private OkHttpClient client(@Nullable SslBundle tls) {
        OkHttpClient.Builder builder = settings.get()
                .connectionPool(new ConnectionPool())
                .eventListenerFactory(_ -> Departure.LISTENER);
        if (tls != null) {
            builder.sslSocketFactory(tls.createSslContext().getSocketFactory(), TrustManagers.managerOf(tls));
        }
        return through(builder).build();
    }

    private OkHttpClient.Builder through(OkHttpClient.Builder builder) {
        if (proxy == null) {
            return builder;
        }
        // unresolved: its name is looked up for each connection
        builder.proxy(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
        String username = proxy.username();
        String password = proxy.password() == null ? "" : proxy.password();
        return username == null ? builder : builder.proxyAuthenticator((_, response) -> {
            // OkHttp asks once before it connects; a second time means that the proxy does not take it
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

    /** Whether anything of a request was written to its target; a proxy's CONNECT is no part of it. */
    private static final class Departure {

        static final EventListener LISTENER = new EventListener() {
            @Override
            public void requestHeadersStart(Call call) {
                Departure departure = call.request().tag(Departure.class);
                if (departure != null) {
                    departure.begun = true;
                }
            }
        };

        private volatile boolean begun;
    }
}
