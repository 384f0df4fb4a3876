package io.acmpintune.connector.graph;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.fixture.ConnectProxy;
import io.acmpintune.connector.fixture.ConnectorDatabase;
import io.acmpintune.connector.fixture.FakeMicrosoft;
import io.acmpintune.connector.outbound.HttpProxy;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.fixture.UnreachableAddress;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/** Token and actions through a real proxy, and what is said when it does not let them through. */
class ProxyTest {

    private static final FakeMicrosoft MICROSOFT = FakeMicrosoft.start();
    private static final String BATCH = "/v1.0/$batch";
    private static final ActionOrder ORDER = new ActionOrder(UUID.randomUUID(),
            new ActionCommand(ActionKind.SYNC_DEVICE, new DeviceId("d-1"), "someone"), null);

    private final ConnectorDatabase database = ConnectorDatabase.empty();

    @BeforeEach
    void reset() {
        MICROSOFT.reset();
        MICROSOFT.givesToken("t-1");
        MICROSOFT.answers(post(BATCH).willReturn(
                okJson("{\"responses\":[{\"id\":\"" + ORDER.actionId() + "\",\"status\":204,\"headers\":{}}]}")));
    }

    @AfterAll
    static void stop() {
        MICROSOFT.close();
    }

    @Test
    void tokenAndActionsGoThroughATunnelAndTheProxysPasswordGoesNoFurther() {
        try (ConnectProxy proxy = ConnectProxy.forUser("proxy-user", "canary-pässword")) {
            assertThat(submitThrough(proxy.port(), "proxy-user", "canary-pässword"))
                    .isInstanceOf(Submission.Accepted.class);

            assertThat(proxy.heads()).hasSize(2)
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("CONNECT localhost:" + MICROSOFT.address().getPort() + " "));
            assertThat(MICROSOFT.server().findAll(postRequestedFor(anyUrl()))).hasSize(2)
                    .allSatisfy(request -> assertThat(request.containsHeader("Proxy-Authorization")).isFalse());
        }
    }

    @Test
    void aProxyThatAsksForNothingGetsNothing() {
        try (ConnectProxy proxy = ConnectProxy.open()) {
            assertThat(submitThrough(proxy.port(), null, null)).isInstanceOf(Submission.Accepted.class);

            assertThat(proxy.heads()).allSatisfy(head -> assertThat(head).doesNotContain("Proxy-Authorization"));
        }
    }

    @Test
    void aProxyThatWantsAPasswordIsNamedWithTheKeysToSet() {
        try (ConnectProxy proxy = ConnectProxy.forUser("proxy-user", "canary-password")) {
            assertThat(problem(submitThrough(proxy.port(), null, null)).detail())
                    .contains("through the proxy 127.0.0.1:" + proxy.port())
                    .contains("set proxy.username and proxy.password");
        }
    }

    @Test
    void aProxyThatRejectsThePasswordIsNamedWithoutThePassword() {
        try (ConnectProxy proxy = ConnectProxy.forUser("proxy-user", "another")) {
            assertThat(problem(submitThrough(proxy.port(), "proxy-user", "canary-password")).detail())
                    .contains("rejected the username and password")
                    .doesNotContain("canary");
        }
    }

    @Test
    void aDeadProxyIsNamedAndNothingWasSent() {
        int dead = UnreachableAddress.https().getPort();

        Problem problem = problem(submitThrough(dead, null, null));

        assertThat(problem.detail()).contains("through the proxy 127.0.0.1:" + dead).contains("proxy.host");
        assertThat(MICROSOFT.tokenRequests()).isZero();
    }

    /** With a token at hand the proxy is the last thing that can refuse an action, and nobody took it. */
    @ParameterizedTest
    @ValueSource(ints = {403, 407, 502, 503})
    void aTunnelThatIsRefusedSentNoAction(int status) {
        try (ConnectProxy proxy = ConnectProxy.forUser("proxy-user", "x")) {
            Connector connector = connector(new HttpProxy("127.0.0.1", proxy.port(), "proxy-user", "x"));
            AccessTokens tokens = new AccessTokens(connector, MICROSOFT.trust(), Instant::now);
            tokens.token();
            proxy.refusesWith(status);

            assertThat(problem(submit(connector, tokens)).detail()).contains("through the proxy");
            assertThat(MICROSOFT.requests(postRequestedFor(urlEqualTo(BATCH)))).isZero();
        }
    }

    private Submission submitThrough(int port, @Nullable String username, @Nullable String password) {
        Connector connector = connector(new HttpProxy("127.0.0.1", port, username, password));
        return submit(connector, new AccessTokens(connector, MICROSOFT.trust(), Instant::now));
    }

    private Submission submit(Connector connector, AccessTokens tokens) {
        Graph graph = new Graph(connector, new Graph.Access(tokens, database.budget(connector)), null,
                MICROSOFT.trust(), JsonMapper.shared(), Instant::now);
        Submission submission = graph.actions().submit(List.of(ORDER), () -> {}).get(ORDER.actionId());
        if (submission == null) {
            throw new AssertionError("every action has a submission");
        }
        return submission;
    }

    private static Problem problem(Submission submission) {
        return switch (submission) {
            case Submission.NotSent(_, var problem) -> problem;
            default -> throw new AssertionError(submission.toString());
        };
    }

    private static Connector connector(HttpProxy proxy) {
        Connector plain = MICROSOFT.connector();
        return new Connector(plain.name(), plain.tenantId(), plain.clientId(), plain.credential(), plain.endpoints(),
                null, plain.scanner(), plain.followUp(), plain.actions(), plain.limits(), proxy, null);
    }
}
