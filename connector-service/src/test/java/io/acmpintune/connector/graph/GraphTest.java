package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.connector.budget.RequestBudgets;
import io.acmpintune.connector.fixture.ConnectorDatabase;
import io.acmpintune.connector.fixture.FakeMicrosoft;
import io.acmpintune.connector.fixture.TestCertificate;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Credential;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.Notification;
import io.acmpintune.model.action.UnlockPin;
import io.acmpintune.model.action.WipeOptions;
import io.acmpintune.model.device.ActionResultState;
import io.acmpintune.model.device.DeviceActionResult;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.device.ManagementState;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.fixture.UnreachableAddress;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** Actions and looks: Graph's batch and all that goes wrong with it. */
@Timeout(60)
class GraphTest {

    private static final FakeMicrosoft MICROSOFT = FakeMicrosoft.start();
    private static final String BATCH = "/v1.0/$batch";
    private static final ActionOrder A = order("d-1");
    private static final ActionOrder B = order("d-2");
    private static final String FORBIDDEN = """
            {"error":{"code":"Forbidden","message":"{\\"_version\\":3,\\"Message\\":\\"Application is not authorized to\
             perform this operation. Application must have one of the following scopes:\
             DeviceManagementManagedDevices.PrivilegedOperations.All - Operation ID (for customer support):\
             00000000-0000-0000-0000-000000000000 - Activity ID: 5d4f0a0e-0000-4000-8000-00000000000a - Url:\
             https://fef.amsub0502.manage.microsoft.com/x\\",\\"CustomApiErrorPhrase\\":\\"\\"}",\
            "innerError":{"request-id":"r-403"}}}""";

    private final ConnectorDatabase database = ConnectorDatabase.empty();
    private final JsonMapper json = JsonMapper.shared();
    private final Graph graph = graph(MICROSOFT.connector());

    @BeforeEach
    void reset() {
        MICROSOFT.reset();
        MICROSOFT.givesToken("t-1");
    }

    @AfterAll
    static void stop() {
        MICROSOFT.close();
    }

    // ---- what is sent

    @Test
    void actionsAreSentAsOneBatchWithABodyAndAContentTypeForEach() {
        answers(okJson(batch(item(A, 204, "")))
                .withHeader("Date", "Fri, 20 Nov 2026 12:00:00 GMT"));

        Map<UUID, Submission> submissions = graph.actions().submit(List.of(A));

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
            graph.actions().submit(List.of(A));
        }
        Set<UUID> ids = new HashSet<>();
        for (LoggedRequest request : sent()) {
            assertThat(request.header("client-request-id").values()).singleElement()
                    .satisfies(id -> ids.add(UUID.fromString(id)));
        }
        assertThat(ids).hasSize(3);
    }

    // ---- what Graph answers to single items

    @Test
    void itemsAreAssignedWhateverTheOrderOfTheirAnswers() {
        answers(okJson(batch(item(B, 404, "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"gone\"}}"),
                item(A, 204, ""))));

        Map<UUID, Submission> submissions = graph.actions().submit(List.of(A, B));

        assertThat(submissions.get(A.actionId())).isInstanceOf(Submission.Accepted.class);
        assertThat(submissions.get(B.actionId())).isInstanceOfSatisfying(Submission.Refused.class,
                refused -> assertThat(refused.problem().kind()).isEqualTo(ProblemKind.GRAPH_UNKNOWN_DEVICE));
    }

    @Test
    void anItemThatIsMissingInTheAnswerIsUncertain() {
        answers(okJson(batch(item(A, 204, ""))));

        assertThat(graph.actions().submit(List.of(A, B)).get(B.actionId())).isInstanceOf(Submission.Uncertain.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aFailedItemInA200IsUncertain(int status) {
        answers(okJson(batch(item(A, status, "{\"error\":{\"code\":\"ServiceUnavailable\",\"message\":\"busy\"}}"))));

        assertThat(graph.actions().submit(List.of(A)).get(A.actionId())).isInstanceOfSatisfying(
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

        assertThat(graph.actions().submit(List.of(A)).get(A.actionId())).isInstanceOfSatisfying(
                Submission.NotSent.class,
                notSent -> assertThat(notSent.pause()).isEqualTo(Duration.ofMillis(2_128)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "soon"})
    void aThrottledItemThatNamesNoTimeIsNotRepeatedAtOnce(String retryAfter) {
        answers(okJson("""
                {"responses":[{"id":"%s","status":429,"headers":{"Retry-After":"%s"}}]}
                """.formatted(A.actionId(), retryAfter)));

        assertThat(graph.actions().submit(List.of(A)).get(A.actionId())).isInstanceOfSatisfying(
                Submission.NotSent.class,
                notSent -> assertThat(notSent.pause()).isGreaterThanOrEqualTo(Duration.ofSeconds(10)));
    }

    @Test
    void aWaitOfMillisecondsDoesNotCauseABusyLoop() {
        answers(okJson("""
                {"responses":[{"id":"%s","status":429,"headers":{"Retry-After":"0.001"}}]}
                """.formatted(A.actionId())));

        assertThat(graph.actions().submit(List.of(A)).get(A.actionId())).isInstanceOfSatisfying(
                Submission.NotSent.class,
                notSent -> assertThat(notSent.pause()).isEqualTo(Duration.ofSeconds(1)));
    }

    @Test
    void aMissingPermissionIsExplainedWithIntunesMessage() {
        answers(okJson(batch(item(A, 403, FORBIDDEN))));

        Problem problem = refused(graph.actions().submit(List.of(A)));

        assertThat(problem.kind()).isEqualTo(ProblemKind.GRAPH_FORBIDDEN);
        assertThat(problem.detail()).contains(
                "must have one of the following scopes: DeviceManagementManagedDevices.PrivilegedOperations.All")
                .contains("r-403")
                .doesNotContain("fef.");
        assertThat(problem.remedy()).contains("admin consent");
    }

    // ---- what happens to the whole batch

    @Test
    void aRefusedBatchRefusesAllItsActions() {
        answers(aResponse().withStatus(403).withBody(FORBIDDEN));

        assertThat(graph.actions().submit(List.of(A, B)).values()).hasSize(2)
                .allSatisfy(
                        submission -> assertThat(submission).isInstanceOf(Submission.Refused.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aFailingBatchIsUncertainAndNeverSentAgainByItself(int status) {
        answers(aResponse().withStatus(status).withHeader("Retry-After", "1").withBody("<html>Bad Gateway</html>"));

        assertThat(graph.actions().submit(List.of(A, B)).values()).allSatisfy(
                submission -> assertThat(submission).isInstanceOf(Submission.Uncertain.class));
        assertThat(sent()).hasSize(1);
    }

    @Test
    void aThrottledBatchWasNotExecuted() {
        answers(aResponse().withStatus(429).withHeader("Retry-After", "7"));

        assertThat(graph.actions().submit(List.of(A)).get(A.actionId())).isInstanceOfSatisfying(
                Submission.NotSent.class,
                notSent -> assertThat(notSent.pause()).isEqualTo(Duration.ofSeconds(7)));
        assertThat(sent()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class)
    void aConnectionThatBreaksAfterTheRequestLeavesItUncertainAndSentOnce(Fault fault) {
        answers(aResponse().withFault(fault));

        assertThat(graph.actions().submit(List.of(A)).get(A.actionId())).isInstanceOf(Submission.Uncertain.class);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void aBrokenReusedConnectionIsNotRetried() {
        answers(okJson(batch(item(A, 204, ""))));
        graph.actions().submit(List.of(A));
        answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        assertThat(graph.actions().submit(List.of(A)).get(A.actionId())).isInstanceOf(Submission.Uncertain.class);
        assertThat(sent()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"responses\":", "{}", "[]", "{\"responses\":[{\"status\":204}]}"})
    void anUnreadableSuccessIsUncertain(String body) {
        answers(aResponse().withStatus(200).withBody(body));

        assertThat(graph.actions().submit(List.of(A)).get(A.actionId())).isInstanceOf(Submission.Uncertain.class);
    }

    @Test
    void aRefusedConnectionSendsNothing() {
        Connector nobody = MICROSOFT.connector(new Credential.ClientSecret("x"), UnreachableAddress.https());
        Connector halfway = new Connector(nobody.name(), nobody.tenantId(), nobody.clientId(), nobody.credential(),
                new io.acmpintune.connector.tenant.Endpoints(MICROSOFT.address(), nobody.endpoints().graph()), null,
                nobody.scanner(), nobody.followUp(), nobody.actions());

        assertThat(graph(halfway).actions().submit(List.of(A)).get(A.actionId())).isInstanceOfSatisfying(
                Submission.NotSent.class,
                notSent -> assertThat(notSent.problem().kind()).isEqualTo(ProblemKind.GRAPH_UNREACHABLE));
    }

    @Test
    void anUntrustedCertificateSendsNothing() {
        answers(okJson(batch(item(A, 204, ""))));
        Connector connector = MICROSOFT.connector();
        Graph blind = new Graph(connector,
                new Graph.Access(tokens(connector), database.budget(connector)), null, null, json, Instant::now);

        assertThat(blind.actions().submit(List.of(A)).get(A.actionId())).isInstanceOfSatisfying(
                Submission.NotSent.class,
                notSent -> assertThat(notSent.problem().detail()).contains("ssl-bundle"));
        assertThat(sent()).isEmpty();
    }

    @Test
    void withoutATokenNothingIsSent() {
        MICROSOFT.answers(post(FakeMicrosoft.TOKEN_PATH).willReturn(aResponse().withStatus(401)
                .withBody("{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: expired\"}")));

        assertThat(graph.actions().submit(List.of(A)).get(A.actionId())).isInstanceOfSatisfying(
                Submission.NotSent.class,
                notSent -> assertThat(notSent.problem().detail()).contains("AADSTS7000222"));
        assertThat(sent()).isEmpty();
    }

    // ---- tokens

    @Test
    void aTokenThatGraphNoLongerAcceptsIsReplacedOnce() {
        MICROSOFT.answers(post(BATCH).inScenario("renew")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(401))
                .willSetStateTo("renewed"));
        MICROSOFT.answers(post(BATCH).inScenario("renew")
                .whenScenarioStateIs("renewed")
                .willReturn(okJson(batch(item(A, 204, "")))));

        assertThat(graph.actions().submit(List.of(A)).get(A.actionId())).isInstanceOf(Submission.Accepted.class);
        assertThat(MICROSOFT.tokenRequests()).isEqualTo(2);
        assertThat(sent()).hasSize(2);
        assertThat(sent().get(0).getBodyAsString()).isEqualTo(sent().get(1).getBodyAsString());
    }

    @Test
    void aTenantThatAcceptsNoTokenIsTriedTwice() {
        answers(aResponse().withStatus(401).withBody("{\"error\":{\"code\":\"Unauthorized\",\"message\":\"no\"}}"));

        assertThat(refused(graph.actions().submit(List.of(A))).kind()).isEqualTo(ProblemKind.GRAPH_UNAUTHORIZED);
        assertThat(sent()).hasSize(2);
    }

    @Test
    void aClaimsChallengeDoesNotMakeTheSdkSendAThirdTime() {
        answers(aResponse().withStatus(401)
                .withHeader("WWW-Authenticate",
                        "Bearer error=\"insufficient_claims\", claims=\"eyJhY2Nlc3NfdG9rZW4iOnt9fQ==\""));

        graph.actions().submit(List.of(A));

        assertThat(sent()).hasSize(2);
    }

    // ---- Multi Admin Approval, notifications, versions

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 412})
    void anApprovalIsWantedWhateverTheStatusWhenTheHeaderNamesItsCode(int status) {
        answers(okJson(batch("""
                {"id":"%s","status":%d,"headers":{"X-MSFT-Approval-Code":"c0de-1","request-id":"r-9"},
                 "body":{"error":{"code":"BadRequest","message":"no"}}}""".formatted(A.actionId(), status))));

        assertThat(graph.actions().submit(List.of(A))).containsExactly(
                entry(A.actionId(), new Submission.ApprovalRequired("c0de-1", "r-9")));
    }

    @Test
    void aRequiredApprovalIsRecognizedByItsText() {
        answers(okJson(batch(item(A, 403, """
                {"error":{"code":"Forbidden","message":"{\\"Message\\":\\"ApprovalRequired: approve request\
                 0b5c0e6a-1111-4222-8333-444455556666 first\\"}"}}"""))));

        assertThat(graph.actions().submit(List.of(A)).get(A.actionId())).isEqualTo(
                new Submission.ApprovalRequired("0b5c0e6a-1111-4222-8333-444455556666", null));
    }

    @Test
    void anApprovalWithoutACodeIsRefusedAndExplained() {
        answers(okJson(batch(
                item(A, 403, "{\"error\":{\"code\":\"ApprovalRequired\",\"message\":\"approval is required\"}}"))));

        assertThat(refused(graph.actions().submit(List.of(A))).remedy()).contains("Multi Admin Approval");
    }

    @Test
    void aMissingJustificationIsNotARequiredApproval() {
        answers(okJson(batch(item(A, 400, """
                {"error":{"code":"BadRequest",
                 "message":"Header 'x-msft-approval-justification' is required to request approval"}}"""))));

        assertThat(refused(graph.actions().submit(List.of(A))).kind()).isEqualTo(ProblemKind.GRAPH_REFUSED);
    }

    @Test
    void anApprovedActionIsRepeatedIdenticallyWithItsCodeForTheJustification() {
        answers(okJson(batch(item(A, 204, ""))));
        graph.actions().submit(List.of(A));
        graph.actions().submit(List.of(new ActionOrder(A.actionId(), A.command(), "c0de-1")));

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

        Map<UUID, Submission> submissions = graph.actions().submit(List.of(notification, A));

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
    void approvalsAreFoundByTheirCodeEvenWhenGraphIgnoresTheFilter() {
        MICROSOFT.answers(post("/beta/$batch").willReturn(
                okJson("""
                        {"responses":[
                         {"id":"c-1","status":200,"body":{"value":[{"requestId":"x","status":"approved"},
                           {"requestId":"C-1","status":"rejected","approvalJustification":"not this one"}]}},
                         {"id":"c-2","status":200,"body":{"value":[{"id":"c-2","status":"approved"}]}},
                         {"id":"c-3","status":200,"body":{"value":[]}},
                         {"id":"c-4","status":403,"body":{"error":{"code":"Forbidden","message":"DeviceManagementRBAC.Read.All"}}},
                         {"id":"c-5","status":200,"body":{"value":[{"id":"c-5","status":"needsApproval"}]}}]}
                        """)));

        Map<String, ApprovalStatus> looks = graph.approvals()
                .statuses(List.of("c-1", "c-2", "c-3", "c-4", "c-5", "c-6"));

        assertThat(looks.get("c-1")).isEqualTo(new ApprovalStatus.Rejected("not this one"));
        assertThat(looks.get("c-2")).isEqualTo(new ApprovalStatus.Approved(null));
        assertThat(looks.get("c-5")).isEqualTo(new ApprovalStatus.Waiting());
        assertThat(List.of("c-3", "c-4", "c-6")).allSatisfy(
                code -> assertThat(looks.get(code)).isInstanceOf(ApprovalStatus.Unreadable.class));
    }

    @Test
    void theApprovalOfAnActionIsFoundByTheIdInItsJustification() {
        String justification = "ordered by someone through ACMP, action " + A.actionId();
        MICROSOFT.answers(post("/beta/$batch").willReturn(
                okJson("""
                        {"responses":[{"id":"%s","status":200,"body":{"value":[
                          {"id":"c-1","status":"expired","requestJustification":"%s","requestDateTime":"2026-11-20T12:00:00Z"},
                          {"requestId":"c-2","status":"needsApproval","requestJustification":"%s","requestDateTime":"2026-11-21T12:00:00Z"},
                          {"requestId":"c-3","status":"approved","requestJustification":"another","requestDateTime":"2026-11-22T12:00:00Z"}]}}]}
                        """
                        .formatted(A.actionId(), justification, justification))));

        assertThat(graph.approvals().find(A.actionId())).isEqualTo(
                new ApprovalSearch.Found(new ApprovalRequest("c-2", new ApprovalStatus.Waiting())));
    }

    @Test
    void theApprovalRequestOfAnActionIsSearchedOnEveryPage() {
        String page = """
                {"responses":[{"id":"%s","status":200,"body":{%s"value":[
                  {"requestId":"%s","status":"needsApproval","requestJustification":"action %s","requestDateTime":"2026-11-%s"}]}}]}
                """;
        String next = "\"@odata.nextLink\":\"https://graph.example/beta/deviceManagement/operationApprovalRequests"
                + "?$skiptoken=p2\",";
        MICROSOFT.answers(post("/beta/$batch")
                .willReturn(okJson(page.formatted(A.actionId(), next, "c-1", "another", "20T12:00:00Z"))));
        MICROSOFT.answers(post("/beta/$batch")
                .withRequestBody(containing("\"/deviceManagement/operationApprovalRequests?$skiptoken=p2\""))
                .willReturn(okJson(page.formatted(A.actionId(), "", "c-2", A.actionId(), "19T12:00:00Z"))));

        assertThat(graph.approvals().find(A.actionId())).isEqualTo(
                new ApprovalSearch.Found(new ApprovalRequest("c-2", new ApprovalStatus.Waiting())));
    }

    @Test
    void endlessOrForeignPagesOfApprovalRequestsAreUnreadable() {
        for (String link : List.of(
                "https://graph.example/beta/deviceManagement/operationApprovalRequests?$skiptoken=p2",
                "https://graph.example/beta/somewhere/else")) {
            MICROSOFT.answers(post("/beta/$batch").willReturn(okJson("""
                    {"responses":[{"id":"%s","status":200,"body":{"@odata.nextLink":"%s","value":[]}}]}
                    """.formatted(A.actionId(), link))));

            assertThat(graph(MICROSOFT.connector()).approvals().find(A.actionId()))
                    .isInstanceOf(ApprovalSearch.Unreadable.class);
        }
    }

    @Test
    void temporarilyUnreadableApprovalRequestsAreNotTakenForNone() {
        String item = "{\"responses\":[{\"id\":\"" + A.actionId() + "\",\"status\":%d,\"body\":%s}]}";
        for (ResponseDefinitionBuilder passing : List.of(okJson(item.formatted(503, "\"\"")),
                okJson(item.formatted(429, "{}")), okJson("{\"responses\":[]}"), aResponse().withStatus(502),
                aResponse().withStatus(429), aResponse().withFault(Fault.EMPTY_RESPONSE))) {
            MICROSOFT.answers(post("/beta/$batch").willReturn(passing));
            assertThat(graph(MICROSOFT.connector()).approvals().find(A.actionId()))
                    .isInstanceOf(ApprovalSearch.Unreadable.class);
        }
        for (ResponseDefinitionBuilder lasting : List.of(okJson(item.formatted(403, FORBIDDEN)),
                okJson(item.formatted(200, "{\"value\":[]}")), aResponse().withStatus(403))) {
            MICROSOFT.answers(post("/beta/$batch").willReturn(lasting));
            assertThat(graph(MICROSOFT.connector()).approvals().find(A.actionId()))
                    .isEqualTo(new ApprovalSearch.None());
        }
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
            Submission submission = graph.actions().submit(List.of(wipe)).get(wipe.actionId());
            assertThat(String.valueOf(submission)).contains("…").doesNotContain("739154");
        }
    }

    @Test
    void thePinOfTheNewestLockIsReadAndNothingOfItIsInItsText() {
        answers(okJson("""
                {"responses":[{"id":"d-1","status":200,"body":{"id":"d-1","deviceActionResults":[
                  {"actionName":"remoteLock","startDateTime":"2026-11-20T11:00:00Z","unlockPin":"111111"},
                  {"actionName":"remoteLock","startDateTime":"2026-11-20T12:00:00Z","unlockPin":"222222"},
                  {"actionName":"wipe","startDateTime":"2026-11-20T13:00:00Z","unlockPin":"333333"}]}}]}
                """));

        UnlockPinResult told = graph.devices().unlockPin(new DeviceId("d-1"), Instant.parse("2026-11-20T11:30:00Z"));

        assertThat(told).isEqualTo(new UnlockPinResult.Found(new UnlockPin("222222")));
        assertThat(told.toString()).doesNotContain("222222");
        assertThat(graph.devices().unlockPin(new DeviceId("d-1"), Instant.parse("2026-11-20T12:30:00Z")))
                .isEqualTo(new UnlockPinResult.None());
    }

    // ---- looks

    @Test
    void theStatusOfADeviceIsReadInABatch() {
        answers(okJson("""
                {"responses":[{"id":"d-1","status":200,"body":{"id":"d-1","managementState":"managed",
                  "lastSyncDateTime":"2026-11-20T12:00:00Z","deviceActionResults":[{"actionName":"syncDevice",
                  "actionState":"pending","startDateTime":"2026-11-20T11:59:00.1234567Z",
                  "lastUpdatedDateTime":"0001-01-01T00:00:00Z"}]}},
                 {"id":"d-2","status":404,"body":{"error":{"code":"ResourceNotFound","message":"x"}}}]}
                """));

        Map<DeviceId, DeviceStatus> looks = graph.devices()
                .statuses(List.of(A.command().deviceId(), B.command().deviceId()));

        assertThat(looks).containsExactly(
                entry(A.command().deviceId(),
                        new DeviceStatus.Present(ManagementState.MANAGED, Instant.parse("2026-11-20T12:00:00Z"),
                                List.of(new DeviceActionResult("syncDevice", ActionResultState.PENDING,
                                        Instant.parse("2026-11-20T11:59:00.1234567Z"), null, null, null)))),
                entry(B.command().deviceId(), new DeviceStatus.Gone()));
        JsonNode item = json.readTree(sent().getFirst().getBody()).path("requests").path(0);
        assertThat(item).isEqualTo(json.readTree(
                """
                        {"id":"d-1","method":"GET",
                         "url":"/deviceManagement/managedDevices/d-1?$select=id,managementState,deviceActionResults,lastSyncDateTime"}
                        """));
    }

    @Test
    void aDeviceWithoutResultsHasAnEmptyList() {
        answers(okJson("""
                {"responses":[{"id":"d-1","status":200,"body":{"id":"d-1","deviceActionResults":null}}]}
                """));

        assertThat(graph.devices().statuses(List.of(A.command().deviceId()))).containsExactly(
                entry(A.command().deviceId(), new DeviceStatus.Present(null, null, List.of())));
    }

    @Test
    void anyFailedReadIsUnreadableAndNeverGone() {
        for (ResponseDefinitionBuilder answer : List.of(okJson("{\"responses\":[]}"),
                okJson("{\"responses\":[{\"id\":\"d-1\",\"status\":503}]}"),
                okJson("{\"responses\":[{\"id\":\"d-1\",\"status\":200,\"body\":\"text\"}]}"),
                okJson("{\"responses\":[{\"id\":\"d-1\",\"status\":200,\"body\":{\"lastSyncDateTime\":\"x\"}}]}"),
                aResponse().withStatus(404).withBody("<html>no such page</html>"), aResponse().withStatus(403),
                aResponse().withStatus(429), aResponse().withStatus(502),
                aResponse().withFault(Fault.EMPTY_RESPONSE))) {
            answers(answer);
            assertThat(graph.devices().statuses(List.of(A.command().deviceId())).get(A.command().deviceId()))
                    .isInstanceOf(DeviceStatus.Unreadable.class);
        }
    }

    // ---- two applications

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
        split.actions().submit(List.of(A));
        split.devices().statuses(List.of(A.command().deviceId()));

        assertThat(sent()).extracting(request -> request.getHeader("Authorization"))
                .containsExactly("Bearer t-acting", "Bearer t-1");
        assertThat(database.jdbc()
                .sql("select reserved from request_budget where client = :client and quota = 'WRITES'")
                .param("client", other)
                .query(Long.class)
                .single()).isEqualTo(1);
    }

    // ---- trust that changes

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
        assertThat(changing.actions().submit(List.of(A)).get(A.actionId())).isInstanceOf(Submission.NotSent.class);

        bundles.updateBundle("company", MICROSOFT.trust());

        assertThat(changing.actions().submit(List.of(A)).get(A.actionId())).isInstanceOf(Submission.Accepted.class);
    }

    // ---- the budget

    @Test
    void aThrottledItemClosesOnlyTheSharedBudgetOfActions() {
        answers(okJson("""
                {"responses":[{"id":"%s","status":429,"headers":{"Retry-After":"3600"}}]}
                """.formatted(A.actionId())));
        graph.actions().submit(List.of(A));

        assertThat(graph(MICROSOFT.connector()).actions().reserve(1)).isFalse();
        answers(okJson("{\"responses\":[{\"id\":\"d-1\",\"status\":404}]}"));
        assertThat(graph.devices().statuses(List.of(A.command().deviceId()))).containsKey(A.command().deviceId());
        assertThat(sent()).hasSize(2);
    }

    @Test
    void noReadIsSentWhileTheBudgetIsClosed() {
        answers(aResponse().withStatus(429).withHeader("Retry-After", "3600"));
        graph.devices().statuses(List.of(A.command().deviceId()));

        assertThat(graph.devices().statuses(List.of(B.command().deviceId())).get(B.command().deviceId()))
                .isInstanceOfSatisfying(
                        DeviceStatus.Unreadable.class,
                        unknown -> assertThat(unknown.problem().detail())
                                .contains("no requests are accepted until 20"));
        assertThat(sent()).hasSize(1);
    }

    @Test
    void actionsAreDeductedByTheReservationAndReadsWhenSent() {
        answers(okJson(batch()));
        graph.actions().reserve(2);
        graph.actions().submit(List.of(A, B));
        graph.devices().statuses(List.of(A.command().deviceId(), B.command().deviceId()));

        assertThat(database.jdbc().sql("select reserved from request_budget order by quota").query(Long.class).list())
                .containsExactly(4L, 2L);
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        MICROSOFT.answers(post(BATCH).willReturn(answer));
    }

    private static List<LoggedRequest> sent() {
        return MICROSOFT.server().findAll(postRequestedFor(urlEqualTo(BATCH)));
    }

    private static String batch(String... items) {
        return "{\"responses\":[" + String.join(",", Arrays.asList(items)) + "]}";
    }

    private static String item(ActionOrder order, int status, String body) {
        return "{\"id\":\"%s\",\"status\":%d,\"headers\":{}%s}".formatted(order.actionId(), status,
                body.isEmpty() ? "" : ",\"body\":" + body);
    }

    private static Problem refused(Map<UUID, Submission> submissions) {
        return switch (submissions.get(A.actionId())) {
            case Submission.Refused(var problem, _) -> problem;
            case null, default -> throw new AssertionError(submissions.toString());
        };
    }

    private static ActionOrder order(String device) {
        return new ActionOrder(UUID.nameUUIDFromBytes(device.getBytes(UTF_8)),
                new ActionCommand(ActionKind.SYNC_DEVICE, new DeviceId(device), "someone"), null);
    }

    private Graph graph(Connector connector) {
        return new Graph(connector, new Graph.Access(tokens(connector), database.budget(connector)), null,
                MICROSOFT.trust(), json, Instant::now);
    }

    private static AccessTokens tokens(Connector connector) {
        return new AccessTokens(connector, MICROSOFT.trust(), Instant::now);
    }
}
