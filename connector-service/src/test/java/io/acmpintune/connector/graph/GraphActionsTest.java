package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.connector.budget.RequestBudgets;
import io.acmpintune.connector.fixture.FakeMicrosoft;
import io.acmpintune.connector.fixture.TestCertificate;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Credential;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.Notification;
import io.acmpintune.model.action.WipeOptions;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.fixture.UnreachableAddress;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** Submitting actions: Graph's batch and its failures. */
class GraphActionsTest extends ScriptedGraph {

    @Test
    void actionsAreSentAsOneBatchWithABodyAndAContentTypeForEach() {
        answers(okJson(batch(item(A, 204, "")))
                .withHeader("Date", "Fri, 20 Nov 2026 12:00:00 GMT"));

        Map<UUID, Submission> submissions = graph.actions().submit(List.of(A), () -> {});

        assertThat(submissions).containsExactly(
                entry(A.actionId(), new Submission.Accepted(Instant.parse("2026-11-20T12:00:00Z"), null)));
        LoggedRequest sent = sent().getFirst();
        assertThat(sent.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer t-1");
        assertThat(json.readTree(sent.getBody())).isEqualTo(json.readTree("""
                {"requests":[{"id":"%s","method":"POST","url":"/deviceManagement/managedDevices/d-1/syncDevice",
                  "headers":{"Content-Type":"application/json","x-msft-approval-justification":"%s"},"body":{}}]}
                """.formatted(A.actionId(), Base64.getEncoder()
                .encodeToString(
                        ("ordered by someone through ACMP, action " + A.actionId()).getBytes(UTF_8)))));
    }

    @Test
    void everyRequestHasAClientRequestIdOfItsOwn() {
        answers(okJson(batch()));
        for (int i = 0; i < 3; i++) {
            graph.actions().submit(List.of(A), () -> {});
        }
        Set<UUID> ids = new HashSet<>();
        for (LoggedRequest request : sent()) {
            assertThat(request.header("client-request-id").values()).singleElement()
                    .satisfies(id -> ids.add(UUID.fromString(id)));
        }
        assertThat(ids).hasSize(3);
    }

    @Test
    void itemsAreAssignedWhateverTheOrderOfTheirAnswers() {
        answers(okJson(batch(item(B, 404, "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"gone\"}}"),
                item(A, 204, ""))));

        Map<UUID, Submission> submissions = graph.actions().submit(List.of(A, B), () -> {});

        assertThat(submissions.get(A.actionId())).isInstanceOf(Submission.Accepted.class);
        assertThat(submissions.get(B.actionId())).isInstanceOfSatisfying(Submission.Refused.class,
                refused -> assertThat(refused.problem().kind()).isEqualTo(ProblemKind.GRAPH_UNKNOWN_DEVICE));
    }

    @Test
    void anItemThatIsMissingInTheAnswerIsUncertain() {
        answers(okJson(batch(item(A, 204, ""))));

        assertThat(graph.actions().submit(List.of(A, B), () -> {}).get(B.actionId()))
                .isInstanceOf(Submission.Uncertain.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aFailedItemInA200IsUncertain(int status) {
        answers(okJson(batch(item(A, status, "{\"error\":{\"code\":\"ServiceUnavailable\",\"message\":\"busy\"}}"))));

        assertThat(graph.actions().submit(List.of(A), () -> {}).get(A.actionId())).isInstanceOfSatisfying(
                Submission.Uncertain.class,
                uncertain -> assertThat(uncertain.problem().detail()).contains("busy"));
        assertThat(sent()).hasSize(1);
    }

    @Test
    void aThrottledItemIsNotSentAndWaitsForRetryAfter() {
        answers(okJson("""
                {"responses":[{"id":"%s","status":429,"headers":{"retry-after":"2.128"},
                  "body":{"error":{"code":"TooManyRequests","message":"An error has occurred."}}}]}
                """.formatted(A.actionId())));

        assertThat(graph.actions().submit(List.of(A), () -> {}).get(A.actionId())).isInstanceOfSatisfying(
                Submission.NotSent.class,
                notSent -> assertThat(notSent.pause()).isEqualTo(Duration.ofMillis(2_128)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "soon"})
    void aThrottledItemThatNamesNoTimeIsNotRepeatedAtOnce(String retryAfter) {
        answers(okJson("""
                {"responses":[{"id":"%s","status":429,"headers":{"Retry-After":"%s"}}]}
                """.formatted(A.actionId(), retryAfter)));

        assertThat(graph.actions().submit(List.of(A), () -> {}).get(A.actionId())).isInstanceOfSatisfying(
                Submission.NotSent.class,
                notSent -> assertThat(notSent.pause()).isGreaterThanOrEqualTo(Duration.ofSeconds(10)));
    }

    @Test
    void aWaitOfMillisecondsDoesNotCauseABusyLoop() {
        answers(okJson("""
                {"responses":[{"id":"%s","status":429,"headers":{"Retry-After":"0.001"}}]}
                """.formatted(A.actionId())));

        assertThat(graph.actions().submit(List.of(A), () -> {}).get(A.actionId())).isInstanceOfSatisfying(
                Submission.NotSent.class,
                notSent -> assertThat(notSent.pause()).isEqualTo(Duration.ofSeconds(1)));
    }

    @Test
    void aMissingPermissionIsExplainedWithIntunesMessage() {
        answers(okJson(batch(item(A, 403, FORBIDDEN))));

        Problem problem = refused(graph.actions().submit(List.of(A), () -> {}));

        assertThat(problem.kind()).isEqualTo(ProblemKind.GRAPH_FORBIDDEN);
        assertThat(problem.detail()).contains(
                "must have one of the following scopes: DeviceManagementManagedDevices.PrivilegedOperations.All")
                .contains("r-403")
                .doesNotContain("fef.");
        assertThat(problem.remedy()).contains("admin consent");
    }

    @Test
    void aRefusedBatchRefusesAllItsActions() {
        answers(aResponse().withStatus(403).withBody(FORBIDDEN));

        assertThat(graph.actions().submit(List.of(A, B), () -> {}).values()).hasSize(2)
                .allSatisfy(
                        submission -> assertThat(submission).isInstanceOf(Submission.Refused.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aFailingBatchIsUncertainAndNeverSentAgainByItself(int status) {
        answers(aResponse().withStatus(status).withHeader("Retry-After", "1").withBody("<html>Bad Gateway</html>"));

        assertThat(graph.actions().submit(List.of(A, B), () -> {}).values()).allSatisfy(
                submission -> assertThat(submission).isInstanceOf(Submission.Uncertain.class));
        assertThat(sent()).hasSize(1);
    }

    @Test
    void aThrottledBatchWasNotExecuted() {
        answers(aResponse().withStatus(429).withHeader("Retry-After", "7"));

        assertThat(graph.actions().submit(List.of(A), () -> {}).get(A.actionId())).isInstanceOfSatisfying(
                Submission.NotSent.class,
                notSent -> assertThat(notSent.pause()).isEqualTo(Duration.ofSeconds(7)));
        assertThat(sent()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class)
    void aConnectionThatBreaksAfterTheRequestLeavesItUncertainAndSentOnce(Fault fault) {
        answers(aResponse().withFault(fault));

        assertThat(graph.actions().submit(List.of(A), () -> {}).get(A.actionId()))
                .isInstanceOf(Submission.Uncertain.class);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void aBrokenReusedConnectionIsNotRetried() {
        answers(okJson(batch(item(A, 204, ""))));
        graph.actions().submit(List.of(A), () -> {});
        answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        assertThat(graph.actions().submit(List.of(A), () -> {}).get(A.actionId()))
                .isInstanceOf(Submission.Uncertain.class);
        assertThat(sent()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"responses\":", "{}", "[]", "{\"responses\":[{\"status\":204}]}"})
    void anUnreadableSuccessIsUncertain(String body) {
        answers(aResponse().withStatus(200).withBody(body));

        assertThat(graph.actions().submit(List.of(A), () -> {}).get(A.actionId()))
                .isInstanceOf(Submission.Uncertain.class);
    }

    @Test
    void aRefusedConnectionSendsNothing() {
        Connector nobody = MICROSOFT.connector(new Credential.ClientSecret("x"), UnreachableAddress.https());
        Connector halfway = new Connector(nobody.name(), nobody.tenantId(), nobody.clientId(), nobody.credential(),
                new io.acmpintune.connector.tenant.Endpoints(MICROSOFT.address(), nobody.endpoints().graph()), null,
                nobody.scanner(), nobody.followUp(), nobody.actions());

        assertThat(graph(halfway).actions().submit(List.of(A), () -> {}).get(A.actionId())).isInstanceOfSatisfying(
                Submission.NotSent.class,
                notSent -> assertThat(notSent.problem().kind()).isEqualTo(ProblemKind.GRAPH_UNREACHABLE));
    }

    @Test
    void anUntrustedCertificateSendsNothing() {
        answers(okJson(batch(item(A, 204, ""))));
        Connector connector = MICROSOFT.connector();
        Graph blind = new Graph(connector,
                new Graph.Access(tokens(connector), database.budget(connector)), null, null, json, Instant::now);

        assertThat(blind.actions().submit(List.of(A), () -> {}).get(A.actionId())).isInstanceOfSatisfying(
                Submission.NotSent.class,
                notSent -> assertThat(notSent.problem().detail()).contains("ssl-bundle"));
        assertThat(sent()).isEmpty();
    }

    @Test
    void withoutATokenNothingIsSent() {
        MICROSOFT.answers(post(FakeMicrosoft.TOKEN_PATH).willReturn(aResponse().withStatus(401)
                .withBody("{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: expired\"}")));

        assertThat(graph.actions().submit(List.of(A), () -> {}).get(A.actionId())).isInstanceOfSatisfying(
                Submission.NotSent.class,
                notSent -> assertThat(notSent.problem().detail()).contains("AADSTS7000222"));
        assertThat(sent()).isEmpty();
    }

    @Test
    void aTokenThatGraphNoLongerAcceptsIsReplacedOnce() {
        MICROSOFT.answers(post(BATCH).inScenario("renew")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(401))
                .willSetStateTo("renewed"));
        MICROSOFT.answers(post(BATCH).inScenario("renew")
                .whenScenarioStateIs("renewed")
                .willReturn(okJson(batch(item(A, 204, "")))));

        assertThat(graph.actions().submit(List.of(A), () -> {}).get(A.actionId()))
                .isInstanceOf(Submission.Accepted.class);
        assertThat(MICROSOFT.tokenRequests()).isEqualTo(2);
        assertThat(sent()).hasSize(2);
        assertThat(sent().get(0).getBodyAsString()).isEqualTo(sent().get(1).getBodyAsString());
    }

    @Test
    void aTenantThatAcceptsNoTokenIsTriedTwice() {
        answers(aResponse().withStatus(401).withBody("{\"error\":{\"code\":\"Unauthorized\",\"message\":\"no\"}}"));

        assertThat(refused(graph.actions().submit(List.of(A), () -> {})).kind())
                .isEqualTo(ProblemKind.GRAPH_UNAUTHORIZED);
        assertThat(sent()).hasSize(2);
    }

    @Test
    void aClaimsChallengeDoesNotMakeTheSdkSendAThirdTime() {
        answers(aResponse().withStatus(401)
                .withHeader("WWW-Authenticate",
                        "Bearer error=\"insufficient_claims\", claims=\"eyJhY2Nlc3NfdG9rZW4iOnt9fQ==\""));

        graph.actions().submit(List.of(A), () -> {});

        assertThat(sent()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 412})
    void anApprovalIsWantedWhateverTheStatusWhenTheHeaderNamesItsCode(int status) {
        answers(okJson(batch("""
                {"id":"%s","status":%d,"headers":{"X-MSFT-Approval-Code":"c0de-1","request-id":"r-9"},
                 "body":{"error":{"code":"BadRequest","message":"no"}}}""".formatted(A.actionId(), status))));

        assertThat(graph.actions().submit(List.of(A), () -> {})).containsExactly(
                entry(A.actionId(), new Submission.ApprovalRequired("c0de-1", "r-9")));
    }

    @Test
    void aRequiredApprovalIsRecognizedByItsText() {
        answers(okJson(batch(item(A, 403, """
                {"error":{"code":"Forbidden","message":"{\\"Message\\":\\"ApprovalRequired: approve request\
                 0b5c0e6a-1111-4222-8333-444455556666 first\\"}"}}"""))));

        assertThat(graph.actions().submit(List.of(A), () -> {}).get(A.actionId())).isEqualTo(
                new Submission.ApprovalRequired("0b5c0e6a-1111-4222-8333-444455556666", null));
    }

    @Test
    void anApprovalWithoutACodeIsRefusedAndExplained() {
        answers(okJson(batch(
                item(A, 403, "{\"error\":{\"code\":\"ApprovalRequired\",\"message\":\"approval is required\"}}"))));

        assertThat(refused(graph.actions().submit(List.of(A), () -> {})).remedy()).contains("Multi Admin Approval");
    }

    @Test
    void aMissingJustificationIsNotARequiredApproval() {
        answers(okJson(batch(item(A, 400, """
                {"error":{"code":"BadRequest",
                 "message":"Header 'x-msft-approval-justification' is required to request approval"}}"""))));

        assertThat(refused(graph.actions().submit(List.of(A), () -> {})).kind()).isEqualTo(ProblemKind.GRAPH_REFUSED);
    }

    @Test
    void anApprovedActionIsRepeatedIdenticallyWithItsCodeForTheJustification() {
        answers(okJson(batch(item(A, 204, ""))));
        graph.actions().submit(List.of(A), () -> {});
        graph.actions().submit(List.of(new ActionOrder(A.actionId(), A.command(), "c0de-1")), () -> {});

        JsonNode first = json.readTree(sent().get(0).getBody()).path("requests").path(0);
        JsonNode second = json.readTree(sent().get(1).getBody()).path("requests").path(0);
        assertThat(second.path("headers")).isEqualTo(json.readTree(
                "{\"Content-Type\":\"application/json\",\"x-msft-approval-code\":\"c0de-1\"}"));
        ((ObjectNode) second).set("headers", first.path("headers"));
        assertThat(second).isEqualTo(first);
    }

    @Test
    void notificationsGoToBetaAndTheRestToVersionOne() {
        ActionOrder notification = new ActionOrder(UUID.randomUUID(),
                new ActionCommand(ActionKind.SEND_NOTIFICATION, new DeviceId("d-3"), "someone", null, null, null,
                        new Notification("Title", "Body – ü")),
                null);
        answers(okJson(batch(item(A, 204, ""))));
        MICROSOFT.answers(post("/beta/$batch").willReturn(okJson(batch(item(notification, 204, "")))));

        Map<UUID, Submission> submissions = graph.actions().submit(List.of(notification, A), () -> {});

        assertThat(submissions.values()).hasSize(2)
                .allSatisfy(
                        became -> assertThat(became).isInstanceOf(Submission.Accepted.class));
        assertThat(sent()).hasSize(1);
        LoggedRequest beta = MICROSOFT.server().findAll(postRequestedFor(urlEqualTo("/beta/$batch"))).getFirst();
        JsonNode item = json.readTree(beta.getBody()).path("requests").path(0);
        assertThat(item.path("url").asString(""))
                .isEqualTo("/deviceManagement/managedDevices/d-3/sendCustomNotificationToCompanyPortal");
        assertThat(item.path("body")).isEqualTo(
                json.readTree("{\"notificationTitle\":\"Title\",\"notificationBody\":\"Body – ü\"}"));
    }

    @Test
    void anAnswerThatRepeatsAnUnlockCodeDoesNotGetItIntoTheProblem() {
        ActionOrder wipe = new ActionOrder(UUID.randomUUID(), new ActionCommand(ActionKind.WIPE, new DeviceId("d-1"),
                "someone", null, null, new WipeOptions(false, false, true, "739154"), null), null);
        for (ResponseDefinitionBuilder answer : List.of(
                okJson(batch(item(wipe, 400,
                        "{\"error\":{\"code\":\"BadRequest\",\"message\":\"Invalid macOsUnlockCode '739154'.\"}}"))),
                okJson(batch(item(wipe, 503, "\"739154\""))), okJson(batch(item(wipe, 429, "\"739154\""))),
                aResponse().withStatus(400).withBody("not taken: 739154"))) {
            answers(answer);
            Submission submission = graph.actions().submit(List.of(wipe), () -> {}).get(wipe.actionId());
            assertThat(String.valueOf(submission)).contains("…").doesNotContain("739154");
        }
    }

    @Test
    void actionsUseTheOtherApplicationsTokenAndBudget() {
        UUID other = UUID.fromString("99999999-7777-4888-8999-aaaaaaaaaaaa");
        Connector one = MICROSOFT.connector();
        Connector two = new Connector(one.name(), one.tenantId(), one.clientId(), one.credential(), one.endpoints(),
                null, one.scanner(), one.followUp(), one.actions(), one.limits(), null,
                new Connector.Application(other, new Credential.ClientSecret("other-secret")));
        MICROSOFT.answers(post(FakeMicrosoft.TOKEN_PATH).withFormParam("client_id", equalTo(other.toString()))
                .withFormParam("client_secret", equalTo("other-secret"))
                .willReturn(okJson(FakeMicrosoft.tokenAnswer("t-acting", 3_599))));
        answers(okJson(batch(item(A, 204, ""))));
        RequestBudgets budgets = new RequestBudgets(List.of(two), database.jdbc(), database.transactions());
        Graph split = new Graph(two, new Graph.Access(tokens(two), budgets.of(two)),
                new Graph.Access(tokens(two.forActions()), budgets.of(two.forActions())), MICROSOFT.trust(), json,
                Instant::now);

        split.actions().reserve(1);
        split.actions().submit(List.of(A), () -> {});
        split.devices().statuses(List.of(A.command().deviceId()));

        assertThat(sent()).extracting(request -> request.getHeader("Authorization"))
                .containsExactly("Bearer t-acting", "Bearer t-1");
        assertThat(database.jdbc()
                .sql("select reserved from request_budget where client = :client and quota = 'WRITES'")
                .param("client", other)
                .query(Long.class)
                .single()).isEqualTo(1);
    }

    @Test
    void aChangedBundleIsTrustedFromTheNextRequestOn() {
        answers(okJson(batch(item(A, 204, ""))));
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("company",
                SslBundle.of(SslStoreBundle.of(null, null, TestCertificate.rsa().trust())));
        Connector plain = MICROSOFT.connector();
        Connector bundled = new Connector(plain.name(), plain.tenantId(), plain.clientId(), plain.credential(),
                plain.endpoints(), "company", plain.scanner(), plain.followUp(), plain.actions());
        Graph changing = new Graphs(List.of(bundled), bundles, json, Instant::now,
                new RequestBudgets(List.of(bundled), database.jdbc(), database.transactions())).of(bundled);
        assertThat(changing.actions().submit(List.of(A), () -> {}).get(A.actionId()))
                .isInstanceOf(Submission.NotSent.class);

        bundles.updateBundle("company", MICROSOFT.trust());

        assertThat(changing.actions().submit(List.of(A), () -> {}).get(A.actionId()))
                .isInstanceOf(Submission.Accepted.class);
    }

    @Test
    void aThrottledItemClosesOnlyTheSharedBudgetOfActions() {
        answers(okJson("""
                {"responses":[{"id":"%s","status":429,"headers":{"Retry-After":"3600"}}]}
                """.formatted(A.actionId())));
        graph.actions().submit(List.of(A), () -> {});

        assertThat(graph(MICROSOFT.connector()).actions().reserve(1)).isFalse();
        answers(okJson("{\"responses\":[{\"id\":\"d-1\",\"status\":404}]}"));
        assertThat(graph.devices().statuses(List.of(A.command().deviceId()))).containsKey(A.command().deviceId());
        assertThat(sent()).hasSize(2);
    }

    @Test
    void actionsAreDeductedByTheReservationAndReadsWhenSent() {
        answers(okJson(batch()));
        graph.actions().reserve(2);
        graph.actions().submit(List.of(A, B), () -> {});
        graph.devices().statuses(List.of(A.command().deviceId(), B.command().deviceId()));

        assertThat(database.jdbc().sql("select reserved from request_budget order by quota").query(Long.class).list())
                .containsExactly(4L, 2L);
    }
}
