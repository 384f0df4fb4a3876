package io.acmpintune.engine.workflow;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.acmp.sics.TestCertificates;
import io.acmpintune.model.action.ActionCancellation;
import io.acmpintune.model.action.ActionStop;
import io.acmpintune.model.problem.ProblemKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which token goes with which call, and TLS in both directions with real certificates. */
class ConnectorClientsTest {

    private static final TestCertificates CERTIFICATES = new TestCertificates();
    private static final GeneralName LOCAL = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
    private static final UUID ACTION = new UUID(1, 1);

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private @Nullable HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void eachUseHasItsOwnToken() throws Exception {
        Workflow workflow = TestWorkflows.workflow(start(HttpServer.create(address(), 0), "http"), 10);
        ConnectorClients clients = TestWorkflows.clients(workflow);

        ignoringAnswers(() -> clients.of(workflow).status("c"));
        ignoringAnswers(() -> clients.actionsOf(workflow).action("c", ACTION));
        ignoringAnswers(() -> clients.actionsOf(workflow).cancel("c", ACTION, new ActionCancellation("anna")));
        ignoringAnswers(() -> clients.verificationsOf(workflow).verify("c"));
        ignoringAnswers(
                () -> clients.stopsOf(workflow).changeStop("c", "*", new ActionStop.Change(true, "anna", null)));
        ignoringAnswers(
                () -> clients.stopsOf(workflow).changeStop("c", "*", new ActionStop.Change(false, "anna", null)));

        assertThat(calls).containsExactly("GET /api/v1/connectors/c Bearer " + TestWorkflows.READING_TOKEN,
                "GET /api/v1/connectors/c/actions/" + ACTION + " Bearer " + TestWorkflows.READING_TOKEN,
                "POST /api/v1/connectors/c/actions/" + ACTION + "/cancellation Bearer " + TestWorkflows.TOKEN,
                "POST /api/v1/connectors/c/verification Bearer " + TestWorkflows.TOKEN,
                "PUT /api/v1/connectors/c/stops/* Bearer " + TestWorkflows.STOPPING_TOKEN,
                "PUT /api/v1/connectors/c/stops/* Bearer " + TestWorkflows.LIFTING_TOKEN);
    }

    @Test
    void bothSidesShowACertificateWithMutualTls() throws Exception {
        URI address = start(mutual(), "https");
        Workflow workflow = TestWorkflows.with(TestWorkflows.workflow(address, 10), "engine");

        assertThat(clients(workflow, CERTIFICATES.keyStore("engine", LOCAL)).stopsOf(workflow).stops("c")).isEmpty();
        assertThat(calls).hasSize(1);
    }

    @Test
    void withoutACertificateOfItsOwnTheEngineIsNotLetIn() throws Exception {
        URI address = start(mutual(), "https");
        Workflow workflow = TestWorkflows.with(TestWorkflows.workflow(address, 10), "engine");

        assertTlsFails(workflow, null);
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNotLetIn() throws Exception {
        URI address = start(mutual(), "https");
        Workflow workflow = TestWorkflows.with(TestWorkflows.workflow(address, 10), "engine");

        assertTlsFails(workflow, new TestCertificates().keyStore("engine", LOCAL));
    }

    private void assertTlsFails(Workflow workflow, @Nullable KeyStore own) {
        assertThatExceptionOfType(ResourceAccessException.class)
                .isThrownBy(() -> clients(workflow, own).stopsOf(workflow).stops("c"))
                .satisfies(failure -> assertThat(ConnectorProblem.of(workflow, failure, JsonMapper.shared()).kind())
                        .isEqualTo(ProblemKind.CONNECTOR_UNREACHABLE));
        assertThat(calls).isEmpty();
    }

    private static ConnectorClients clients(Workflow workflow, @Nullable KeyStore own) throws Exception {
        SslStoreBundle stores = SslStoreBundle.of(own, "", CERTIFICATES.trustStore());
        return new ConnectorClients(TestWorkflows.workflows(workflow), RestClient.builder(),
                new DefaultSslBundleRegistry("engine", SslBundle.of(stores)));
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** A connector-service that asks its callers for a certificate. */
    private static HttpServer mutual() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(CERTIFICATES.keyStore("connector", LOCAL), new char[0]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(CERTIFICATES.trustStore());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(address(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        });
        return server;
    }

    private URI start(HttpServer created, String scheme) {
        server = created;
        created.createContext("/", exchange -> {
            calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = "[]".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        created.start();
        return URI.create(scheme + "://127.0.0.1:" + created.getAddress().getPort());
    }

    /** What the server answers fits only the list of stops. */
    private static void ignoringAnswers(Runnable call) {
        try {
            call.run();
        } catch (RestClientException _) {
            // the call was made
        }
    }
}
