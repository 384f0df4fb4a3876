package io.acmpintune.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.graph.Approval;
import io.acmpintune.simulator.graph.ApprovalStyle;
import io.acmpintune.simulator.graph.Tenant;

import static io.acmpintune.simulator.GraphClient.DEVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApprovalTest {

    private static final String CODE = "x-msft-approval-code";
    private static final String JUSTIFICATION = "x-msft-approval-justification";
    private static final String REQUESTS = "/deviceManagement/operationApprovalRequests";
    private static final String IPHONE = "0b7d1e34-6a9f-4e6f-b7aa-0c6d7c1b2a05";
    private static final String PC = "2d6f4c1b-7a55-4c58-9d0b-0c6d7c1b2a02";
    private static final Map<String, Object> KEEP = Map.of("keepUserData", true);

    private final TestClock clock = new TestClock();
    private Simulator simulator;
    private Tenant tenant;
    private GraphClient graph;

    @BeforeEach
    void protect() throws IOException {
        simulator = Simulator.start(
                SimulatorOptions.defaults().withDevices(6).withClock(clock).withTokenLifetime(Duration.ofDays(9)));
        tenant = simulator.tenant();
        graph = new GraphClient(simulator);
        tenant.protect(Set.of("wipe", "retire"), ApprovalStyle.observed());
    }

    @AfterEach
    void stop() throws IOException {
        simulator.close();
    }

    @Test
    void aProtectedActionWithoutJustificationIsRefusedAndFilesNothing() {
        Web.Reply reply = graph.act("v1.0", PC, "wipe", KEEP);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(GraphClient.nestedMessage(reply))
                .isEqualTo("Header 'x-msft-approval-justification' is required to request approval");
        assertThat(tenant.approvals()).isEmpty();
        assertThat(tenant.totalExecutions("wipe")).isZero();
    }

    @Test
    void unprotectedActionsAreExecuted() {
        assertThat(graph.act(IPHONE, "remoteLock").status()).isEqualTo(204);
        tenant.protect(Set.of(), ApprovalStyle.observed());
        assertThat(graph.act(IPHONE, "retire").status()).isEqualTo(204);
    }

    @Test
    void aJustifiedRequestIsFiledAndNotExecuted() {
        Web.Reply reply = ask(PC, KEEP);

        assertThat(reply.status()).isEqualTo(412);
        assertThat(GraphClient.nestedMessage(reply)).startsWith("Approval Required.")
                .endsWith("x-msft-approval-code: " + reply.header(CODE));
        assertThat(tenant.approvals()).singleElement().satisfies(approval -> {
            assertThat(approval.code()).isEqualTo(reply.header(CODE));
            assertThat(approval.deviceId()).isEqualTo(PC);
            assertThat(approval.action()).isEqualTo("wipe");
            assertThat(approval.parameters()).isEqualTo(Web.MAPPER.valueToTree(KEEP));
            assertThat(approval.justification()).isEqualTo("lost, says Jürgen");
            assertThat(approval.application()).isEqualTo(simulator.access().clientId().toString());
            assertThat(approval.status()).isEqualTo(Approval.Status.NEEDS_APPROVAL);
            assertThat(approval.expires()).isEqualTo(clock.instant().plus(Duration.ofDays(3)));
        });
        assertThat(tenant.totalExecutions("wipe")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"400,IN_HEADER,BadRequest", "403,IN_MESSAGE,ApprovalRequired", "412,IN_BOTH,BadRequest",
            "403,IN_HEADER,ApprovalRequired", "412,IN_MESSAGE,BadRequest"})
    void statusAndPlaceOfTheCodeVary(int status, ApprovalStyle.Code place, String error) {
        tenant.protect(Set.of("wipe"), new ApprovalStyle(status, place, ApprovalStyle.Lookup.FILTERED));
        Web.Reply reply = ask(PC, KEEP);
        String code = tenant.approvals().getFirst().code();

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().get("error").get("code").stringValue()).isEqualTo(error);
        assertThat(reply.header(CODE)).isEqualTo(place == ApprovalStyle.Code.IN_MESSAGE ? "" : code);
        assertThat(reply.text().contains(code)).isEqualTo(place != ApprovalStyle.Code.IN_HEADER);
    }

    @Test
    void anApprovedRequestIsExecutedOnceAndThenCompleted() {
        String code = ask(PC, KEEP).header(CODE);
        tenant.approve(code);
        assertThat(status(code)).isEqualTo("approved");
        assertThat(tenant.totalExecutions("wipe")).as("approval alone does nothing").isZero();

        assertThat(resend(PC, "wipe", KEEP, code).status()).isEqualTo(204);
        assertThat(status(code)).isEqualTo("completed");
        assertThat(resend(PC, "wipe", KEEP, code).status()).isEqualTo(403);
        assertThat(tenant.executions("wipe")).isEqualTo(Map.of(PC, 1));
    }

    @Test
    void onlyOneOfManyConcurrentRequestsUsesTheApproval() throws Exception {
        String code = ask(PC, KEEP).header(CODE);
        tenant.approve(code);
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var resent = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> resend(PC, "wipe", KEEP, code).status()))
                    .toList();
            for (Future<Integer> status : resent) {
                statuses.add(status.get());
            }
        }
        assertThat(statuses).containsOnlyOnce(204).containsOnly(204, 403);
        assertThat(tenant.executions("wipe")).isEqualTo(Map.of(PC, 1));
    }

    @Test
    void whatWasNotApprovedIsNotExecuted() {
        String code = ask(PC, KEEP).header(CODE);
        assertThat(resend(PC, "wipe", KEEP, code).status()).isEqualTo(403);
        tenant.reject(code);
        assertThat(status(code)).isEqualTo("rejected");
        assertThat(resend(PC, "wipe", KEEP, code).status()).isEqualTo(403);

        String second = ask(PC, KEEP).header(CODE);
        tenant.cancel(second);
        assertThat(status(second)).isEqualTo("cancelled");
        assertThat(resend(PC, "wipe", KEEP, second).status()).isEqualTo(403);
        assertThat(tenant.totalExecutions("wipe")).isZero();
    }

    @Test
    void onlyTheApprovedRequestIsExecuted() {
        String code = ask(PC, KEEP).header(CODE);
        tenant.approve(code);

        Web.Reply otherBody = resend(PC, "wipe", Map.of(), code);
        assertThat(otherBody.status()).isEqualTo(403);
        assertThat(GraphClient.nestedMessage(otherBody)).isEqualTo("An error has occurred");
        assertThat(resend(IPHONE, "wipe", KEEP, code).status()).isEqualTo(403);
        assertThat(resend(PC, "retire", Map.of(), code).status()).isEqualTo(403);
        assertThat(resend(PC, "wipe", KEEP, UUID.randomUUID().toString()).status()).isEqualTo(403);
        assertThat(resend(PC, "wipe", KEEP, "bm8gZ3VpZA==").status()).isEqualTo(400);
        assertThat(tenant.totalExecutions("wipe") + tenant.totalExecutions("retire")).isZero();
        assertThat(resend(PC, "wipe", KEEP, code).status()).as("it is still good for the right one").isEqualTo(204);
    }

    @Test
    void aSecondRequestIsRefusedWhileOneIsOpen() {
        String code = ask(PC, KEEP).header(CODE);
        Web.Reply again = ask(PC, Map.of());
        assertThat(again.status()).isEqualTo(409);
        assertThat(GraphClient.nestedMessage(again))
                .isEqualTo("An active Approval Request already exists for this entity");
        tenant.approve(code);
        Web.Reply both = graph.act("v1.0", PC, "wipe", KEEP, Map.of(CODE, code, JUSTIFICATION, base64("again")));
        assertThat(both.status()).as("both headers ask anew").isEqualTo(409);
        assertThat(tenant.approvals()).hasSize(1);
        assertThat(ask(IPHONE, KEEP).status()).as("another device").isEqualTo(412);
    }

    @Test
    void aRequestExpiresAfterThreeDays() {
        String waiting = ask(PC, KEEP).header(CODE);
        String approved = ask(IPHONE, KEEP).header(CODE);
        tenant.approve(approved);
        clock.advance(Duration.ofDays(3).minusSeconds(1));
        assertThat(status(waiting)).isEqualTo("needsApproval");
        clock.advance(Duration.ofSeconds(1));

        assertThat(status(waiting)).isEqualTo("expired");
        assertThat(status(approved)).isEqualTo("expired");
        assertThat(resend(IPHONE, "wipe", KEEP, approved).status()).isEqualTo(403);
        assertThatThrownBy(() -> tenant.approve(waiting)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expired");
        assertThatThrownBy(() -> tenant.approve("nope")).hasMessageContaining("nope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain text", "", "ICA="})
    void anUnreadableJustificationIsRefused(String header) {
        Web.Reply reply = graph.act("v1.0", PC, "wipe", KEEP, Map.of(JUSTIFICATION, header));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(tenant.approvals()).isEmpty();
    }

    @Test
    void aJustificationOfMoreThan1024CharactersIsRefused() {
        Web.Reply reply = graph.act("v1.0", PC, "wipe", KEEP, Map.of(JUSTIFICATION, base64("x".repeat(1025))));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(GraphClient.nestedMessage(reply)).contains("1024");
        assertThat(graph.act("v1.0", PC, "wipe", KEEP, Map.of(JUSTIFICATION, base64("x".repeat(1024)))).status())
                .isEqualTo(412);
    }

    @Test
    void theHeadersWorkInBatchesToo() {
        JsonNode filed = batch(Map.of("Content-Type", "application/json", JUSTIFICATION, base64("lost")));
        assertThat(filed.get("status").intValue()).isEqualTo(412);
        String code = filed.get("headers").get(CODE).stringValue();
        tenant.approve(code);
        assertThat(batch(Map.of("Content-Type", "application/json")).get("status").intValue()).isEqualTo(400);
        assertThat(batch(Map.of("Content-Type", "application/json", CODE, code)).get("status").intValue())
                .isEqualTo(204);
        assertThat(tenant.executions("wipe")).isEqualTo(Map.of(PC, 1));
    }

    @Test
    void theListAppliesTheFilter() {
        String code = ask(PC, KEEP).header(CODE);
        ask(IPHONE, KEEP);
        JsonNode found = graph.beta(REQUESTS + "?$filter=" + Web.encode("requestId eq '" + code + "'")).json();

        assertThat(found.get("value").size()).isEqualTo(1);
        JsonNode entity = found.get("value").get(0);
        assertThat(entity.get("id").stringValue()).isEqualTo(code);
        assertThat(entity.get("requestId").stringValue()).isEqualTo(code);
        assertThat(entity.get("status").stringValue()).isEqualTo("needsApproval");
        assertThat(entity.get("requestDateTime").stringValue()).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(entity.get("expirationDateTime").stringValue()).isEqualTo("2026-11-26T10:00:00Z");
        assertThat(entity.get("requestJustification").stringValue()).isEqualTo("lost, says Jürgen");
        assertThat(graph.beta(REQUESTS).json().get("value").size()).isEqualTo(2);
        assertThat(graph.beta(REQUESTS + "/" + code).json().get("id").stringValue()).isEqualTo(code);
        assertThat(graph.beta(REQUESTS + "/nope").status()).isEqualTo(404);
        assertThat(graph.beta(REQUESTS + "?$filter=" + Web.encode("requestId eq nope")).status()).isEqualTo(400);
        assertThat(graph.get(REQUESTS).status()).as("beta only").isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(value = ApprovalStyle.Lookup.class, names = "FILTERED", mode = EnumSource.Mode.EXCLUDE)
    void theListCanIgnoreTheFilter(ApprovalStyle.Lookup lookup) {
        tenant.protect(Set.of("wipe"), new ApprovalStyle(400, ApprovalStyle.Code.IN_BOTH, lookup));
        String code = ask(PC, KEEP).header(CODE);
        ask(IPHONE, KEEP);
        JsonNode found = graph.beta(REQUESTS + "?$filter=" + Web.encode("requestId eq '" + code + "'")).json();
        assertThat(found.get("value").size()).isEqualTo(2);
        assertThat(found.get("value").get(0).has("requestId"))
                .isEqualTo(lookup == ApprovalStyle.Lookup.UNFILTERED);
    }

    @ParameterizedTest
    @CsvSource({"DeviceManagementConfiguration.Read.All,200", "DeviceManagementRBAC.Read.All,200",
            "DeviceManagementManagedDevices.ReadWrite.All,403",
            "DeviceManagementManagedDevices.PrivilegedOperations.All,403"})
    void theListNeedsOneOfTheDocumentedRoles(String role, int status) throws IOException {
        try (Simulator with = Simulator.start(SimulatorOptions.defaults().withDevices(0).withRoles(Set.of(role)))) {
            assertThat(new GraphClient(with).beta(REQUESTS).status()).isEqualTo(status);
        }
    }

    private Web.Reply ask(String device, Map<String, Object> body) {
        return graph.act("v1.0", device, "wipe", body, Map.of(JUSTIFICATION, base64("lost, says Jürgen")));
    }

    private Web.Reply resend(String device, String action, Map<String, Object> body, String code) {
        return graph.act("v1.0", device, action, body, Map.of(CODE, code));
    }

    private JsonNode batch(Map<String, String> headers) {
        return graph
                .batch(Map.of("requests",
                        List.of(Map.of("id", "1", "method", "POST", "url", DEVICES + "/" + PC + "/wipe", "headers",
                                headers, "body", KEEP))))
                .json()
                .get("responses")
                .get(0);
    }

    private String status(String code) {
        return graph.beta(REQUESTS + "?$filter=" + Web.encode("requestId eq '" + code + "'"))
                .json()
                .get("value")
                .get(0)
                .get("status")
                .stringValue();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
