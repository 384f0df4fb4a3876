package io.acmpintune.connector.tenant;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

import io.acmpintune.connector.outbound.HttpProxy;
import io.acmpintune.connector.outbound.OutboundClient;
import io.acmpintune.connector.outbound.TextResponse;

/**
 * msal4j's way to Entra. Its own would need a proxy's password in a setting of the whole JVM, which also forbids Basic for
 * tunnels unless told otherwise.
 */
final class EntraHttpClient implements IHttpClient {

    private final OutboundClient outbound;

    EntraHttpClient(@Nullable HttpProxy proxy, @Nullable SslBundle tls) {
        this.outbound = OutboundClient.text(proxy, tls, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    void trust(SslBundle tls) {
        outbound.trust(tls);
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException {
        return new Answer(outbound.exchange(request.httpMethod().methodName, request.url(), request.headers(),
                request.body()));
    }

    private record Answer(TextResponse reply) implements IHttpResponse {
        @Override
        public int statusCode() {
            return reply.status();
        }

        @Override
        public Map<String, List<String>> headers() {
            return reply.headers();
        }

        @Override
        public String body() {
            return reply.body();
        }
    }
}
