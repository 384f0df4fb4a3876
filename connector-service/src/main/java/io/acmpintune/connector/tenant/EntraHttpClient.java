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
 * HTTP client for msal4j. msal4j's own client needs the proxy password in a JVM-wide setting, and the JVM forbids Basic
 * authentication for tunnels by default.
 */
final class EntraHttpClient implements IHttpClient {

    private final OutboundClient outbound;

    EntraHttpClient(@Nullable HttpProxy proxy, @Nullable SslBundle tls) {
        this.outbound = OutboundClient.forText(proxy, tls, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    void updateTrust(SslBundle tls) {
        outbound.updateTrust(tls);
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException {
        return new MsalResponse(outbound.exchange(request.httpMethod().methodName, request.url(), request.headers(),
                request.body()));
    }

    private record MsalResponse(TextResponse reply) implements IHttpResponse {
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
