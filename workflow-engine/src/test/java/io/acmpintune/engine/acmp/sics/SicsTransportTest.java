package io.acmpintune.engine.acmp.sics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

import io.acmpintune.runtime.fixture.TestClock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of calls to an https address whose port does not speak TLS, or not as it should. */
class SicsTransportTest {

    private static final TestCertificates CERTIFICATES = new TestCertificates();
    private static final GeneralName HERE = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
    private static final SicsRequest REQUEST = new SicsRequest(HttpMethod.POST, "/Session", Map.of("UserName", "acmp"));

    private final TestClock clock = TestClock.fixed();
    private final AtomicInteger answered = new AtomicInteger();
    private HttpServer server = speakingHttp(0);

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void withTheSwitchCallsGoUnencryptedAndItIsToldSinceWhenAndWhy() throws Exception {
        Instant since = clock.instant();
        try (SicsTransport transport = transport(true, null)) {
            assertThat(transport.fallback()).isEmpty();
            assertThat(send(transport)).isEqualTo(200);
            clock.advance(Duration.ofMinutes(5));
            assertThat(send(transport)).isEqualTo(200);
            assertThat(transport.fallback()).hasValueSatisfying(fallback -> {
                assertThat(fallback.since()).isEqualTo(since);
                assertThat(fallback.because().kind()).isEqualTo(ConnectionProblem.Kind.TLS_FAILED);
            });
        }
    }

    @Test
    void withoutTheSwitchNothingEverGoesUnencrypted() throws Exception {
        try (SicsTransport transport = transport(false, null)) {
            for (int i = 0; i < 3; i++) {
                assertThat(transport.send(REQUEST, Map.of())).isInstanceOf(SicsHttp.Exchange.Failed.class);
            }
            assertThat(transport.fallback()).isEmpty();
        }
        assertThat(answered).hasValue(0);
    }

    @Test
    void tlsIsTriedAgainAfterTenMinutesAndTheFallbackEndsWhenItWorks() throws Exception {
        try (SicsTransport transport = transport(true, CERTIFICATES.trust())) {
            send(transport);
            restart(true);
            clock.advance(Duration.ofMinutes(10));
            assertThat(send(transport)).isEqualTo(200);
            assertThat(transport.fallback()).isEmpty();
            assertThat(send(transport)).isEqualTo(200);
        }
    }

    @Test
    void theFallbackGoesOnSinceItsBeginningWhileTlsStillFails() throws Exception {
        Instant since = clock.instant();
        try (SicsTransport transport = transport(true, CERTIFICATES.trust())) {
            send(transport);
            clock.advance(Duration.ofMinutes(10));
            assertThat(send(transport)).isEqualTo(200);
            assertThat(transport.fallback()).hasValueSatisfying(fallback -> {
                assertThat(fallback.since()).isEqualTo(since);
                assertThat(fallback.retryAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
            });
        }
    }

    @Test
    void aPortThatSpeaksOnlyTlsIsNotTakenForAnUnencryptedSics() throws Exception {
        restart(true);
        try (SicsTransport transport = transport(true, null)) {
            assertThat(transport.send(REQUEST, Map.of())).isInstanceOfSatisfying(SicsHttp.Exchange.Failed.class,
                    broken -> assertThat(broken.problem().text()).contains("not signed by a trusted authority"));
            assertThat(transport.fallback()).isEmpty();
        }
        assertThat(answered).hasValue(0);
    }

    @Test
    void aWrongCertificateStaysAFailureOfTlsWithoutTheSwitch() throws Exception {
        restart(true);
        try (SicsTransport transport = transport(false, null)) {
            assertThat(transport.send(REQUEST, Map.of())).isInstanceOfSatisfying(SicsHttp.Exchange.Failed.class,
                    broken -> assertThat(broken.problem().kind()).isEqualTo(ConnectionProblem.Kind.TLS_FAILED));
        }
    }

    @Test
    void aSicsThatIsAwayIsNoReasonToGoUnencrypted() throws Exception {
        try (SicsTransport transport = transport(true, null)) {
            server.stop(0);
            assertThat(transport.send(REQUEST, Map.of())).isInstanceOfSatisfying(SicsHttp.Exchange.Failed.class,
                    broken -> assertThat(broken.problem().kind()).isEqualTo(ConnectionProblem.Kind.UNREACHABLE));
            assertThat(transport.fallback()).isEmpty();
        }
    }

    private static int send(SicsTransport transport) {
        return transport.send(REQUEST, Map.of()) instanceof SicsHttp.Exchange.Responded(var status, _) ? status : -1;
    }

    private SicsTransport transport(boolean allowUnencrypted, @Nullable SSLContext trust) {
        URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
        return new SicsTransport(new SicsConnection(url, "acmp", "secret", allowUnencrypted, Duration.ofSeconds(1),
                Duration.ofSeconds(1), Duration.ofSeconds(2)), trust, clock);
    }

    /** On the same port, with TLS or without. */
    private void restart(boolean tls) throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);
        server = tls ? speakingTls(port) : speakingHttp(port);
    }

    private HttpServer speakingHttp(int port) {
        try {
            return started(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpServer speakingTls(int port) throws Exception {
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        secure.setHttpsConfigurator(
                new HttpsConfigurator(CERTIFICATES.server(HERE, Instant.now().plus(Duration.ofHours(1)))));
        return started(secure);
    }

    private HttpServer started(HttpServer created) {
        created.createContext("/", exchange -> {
            answered.incrementAndGet();
            byte[] body = "{\"Session\":\"token\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        created.start();
        return created;
    }
}
