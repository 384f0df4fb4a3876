package io.acmpintune.engine.acmp.sics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class ConnectionProblemsTest {

    private static final GeneralName HERE = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
    private static final InetSocketAddress FREE_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static final Duration SHORT = Duration.ofMillis(1_500);
    /** Never reached, however slow the machine. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final TestCertificates CERTIFICATES = new TestCertificates();

    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }

    @Test
    void closedPortRefusesTheConnection() throws IOException {
        URI url;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = URI.create("https://127.0.0.1:" + socket.getLocalPort());
        }
        assertFailure(url, null, ConnectionProblem.Kind.UNREACHABLE, "acmp.sics.url " + url,
                "refused", "3900");
    }

    @Test
    void unknownHostNameIsNamed() {
        assertFailure(URI.create("https://sics.invalid:3900"), null,
                ConnectionProblem.Kind.UNREACHABLE,
                "'sics.invalid' is not known");
    }

    @Test
    void silentSicsIsGivenUpAfterTheReadTimeout() throws IOException {
        assertFailure(connection(silent(), SHORT), null, ConnectionProblem.Kind.UNREACHABLE, "no answer within 1500 ms",
                "acmp.sics.read-timeout");
    }

    @Test
    void connectionThatEndsWithoutAnAnswerIsBroken() throws IOException {
        assertFailure(URI.create("http://" + answering("")), null, ConnectionProblem.Kind.UNREACHABLE,
                "the connection broke");
    }

    @Test
    void halfAnAnswerIsGivenUpAfterTheReadTimeout() throws Exception {
        URI url = URI.create(
                "http://" + answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", new CountDownLatch(1)));
        assertTimeoutPreemptively(LONG,
                () -> assertFailure(connection(url, SHORT), null, ConnectionProblem.Kind.UNREACHABLE, "acmp.sics.url"));
    }

    @Test
    void connectTimeoutIsExplained() {
        ConnectionProblem problem = ConnectionProblems.of(connection(URI.create("https://sics:3900"), LONG),
                new IllegalStateException(new HttpConnectTimeoutException("x")));
        assertThat(problem.kind()).isEqualTo(ConnectionProblem.Kind.UNREACHABLE);
        assertThat(problem.text()).contains("no connection within 60000 ms", "firewall");
    }

    @Test
    void interruptedCallEndsAsClosed() throws IOException {
        URI url = silent();
        Thread.currentThread().interrupt();
        assertFailure(url, null, ConnectionProblem.Kind.CLOSED, "interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void certificateOfAnUnknownAuthorityIsNotTrusted() throws Exception {
        assertFailure(secure(HERE, Instant.now().plusSeconds(3600)), null,
                ConnectionProblem.Kind.TLS_FAILED,
                "not signed by a trusted authority", "acmp.sics.ssl-bundle");
    }

    @Test
    void certificateOfATrustedAuthorityIsAccepted() throws Exception {
        assertFailure(secure(HERE, Instant.now().plusSeconds(3600)), CERTIFICATES.trust(),
                ConnectionProblem.Kind.REFUSED_BY_SICS, "HTTP 503");
    }

    @Test
    void expiredCertificateIsReported() throws Exception {
        assertFailure(secure(HERE, Instant.now().minusSeconds(3600)), CERTIFICATES.trust(),
                ConnectionProblem.Kind.TLS_FAILED, "expired", "Renew");
    }

    @Test
    void certificateForAnotherHostIsNotAccepted() throws Exception {
        GeneralName other = new GeneralName(GeneralName.dNSName, "other.example.com");
        assertFailure(secure(other, Instant.now().plusSeconds(3600)), CERTIFICATES.trust(),
                ConnectionProblem.Kind.TLS_FAILED, "not accepted", "host name");
    }

    @Test
    void portWithoutTlsIsReported() throws IOException {
        assertFailure(URI.create("https://" + answering("HTTP/1.1 400 Bad Request\r\n\r\n")), null,
                ConnectionProblem.Kind.TLS_FAILED, "no TLS connection", "allow-unencrypted");
    }

    private static void assertFailure(URI url, @Nullable SSLContext trust, ConnectionProblem.Kind kind,
            String... words) {
        assertFailure(connection(url, LONG), trust, kind, words);
    }

    private static void assertFailure(SicsConnection connection, @Nullable SSLContext trust,
            ConnectionProblem.Kind kind, String... words) {
        try (SicsClient sics = new SicsClient(connection, SicsDialect.standard(), trust, Instant::now)) {
            assertThat(sics.createVirtualRouter("router")).isInstanceOfSatisfying(SicsResult.Failed.class, failed -> {
                assertThat(failed.problem().kind()).isEqualTo(kind);
                assertThat(failed.problem().text()).contains(words);
            });
        }
    }

    private static SicsConnection connection(URI url, Duration timeout) {
        return new SicsConnection(url, "acmp", "secret", url.getScheme().equals("http"), timeout, timeout, timeout);
    }

    private URI silent() throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(socket);
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Host and port of a server that says this, whatever it is asked, and hangs up. */
    private String answering(String text) throws IOException {
        return answering(text, new CountDownLatch(0));
    }

    /** Hangs up only after the latch, or when the test is over. */
    private String answering(String text, CountDownLatch hangUp) throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(socket);
        Thread.startVirtualThread(() -> {
            try (Socket connection = socket.accept()) {
                open.add(connection);
                connection.getInputStream().read();
                connection.getOutputStream().write(text.getBytes(US_ASCII));
                hangUp.await();
            } catch (IOException | InterruptedException _) {
                // The test is over.
            }
        });
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private URI secure(GeneralName address, Instant end) throws Exception {
        HttpsServer server = HttpsServer.create(FREE_PORT, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(CERTIFICATES.server(address, end)));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        open.add(() -> server.stop(0));
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }
}
