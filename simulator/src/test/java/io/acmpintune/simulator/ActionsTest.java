package io.acmpintune.simulator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.graph.Notification;

import static io.acmpintune.simulator.GraphClient.DEVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActionsTest {

    private static final String NOTIFY = "sendCustomNotificationToCompanyPortal";
    private static final Map<String, String> TEXT = Map.of("notificationTitle", "Hello", "notificationBody", "World");

    private final TestClock clock = new TestClock();
    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults()
            .withDevices(6)
            .withClock(clock)
            .withTokenLifetime(Duration.ofDays(2))
            .withCheckInDelay(Duration.ofSeconds(10), Duration.ofSeconds(20)));
    private final GraphClient graph = new GraphClient(simulator);
    private final AtomicInteger enrolled = new AtomicInteger();

    ActionsTest() throws IOException {}

    @AfterAll
    void stop() throws IOException {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    void aLockIsPendingAtOnceAndDoneWhenTheDeviceHasCheckedIn(String version) {
        String id = enrol("iOS");
        Instant sent = clock.instant();
        assertThat(graph.act(version, id, "remoteLock", Map.of()).status()).isEqualTo(204);

        assertThat(result(id)).isEqualTo(Web.MAPPER.readTree(
                """
                        {"actionName":"remoteLock","actionState":"pending","startDateTime":"%1$s","lastUpdatedDateTime":"%1$s"}"""
                        .formatted(sent)));
        clock.advance(Duration.ofSeconds(20));
        assertThat(result(id).get("actionState").stringValue()).isEqualTo("done");
        assertThat(Instant.parse(result(id).get("lastUpdatedDateTime").stringValue()))
                .isBetween(sent.plusSeconds(10), sent.plusSeconds(20));
        assertThat(simulator.tenant().executions("remoteLock")).containsEntry(id, 1);
        assertThat(simulator.tenant().lastExecution()).contains(sent);
    }

    @Test
    void aLockedMacShowsItsPinInSingleReadsOnly() {
        String id = enrol("macOS");
        graph.act(id, "remoteLock");
        assertThat(result(id).get("unlockPin").isNull()).isTrue();
        clock.advance(Duration.ofSeconds(20));

        assertThat(result(id).get("@odata.type").stringValue()).isEqualTo("#microsoft.graph.remoteLockActionResult");
        assertThat(result(id).get("unlockPin").stringValue()).matches("\\d{6}");
        assertThat(listed(id).get("deviceActionResults").isEmpty()).isTrue();
    }

    @Test
    void aRetiredDeviceIsPendingThenGone() {
        String id = enrol("Windows");
        assertThat(graph.act(id, "retire").status()).isEqualTo(204);
        assertThat(state(id)).isEqualTo("retirePending");
        assertThat(listed(id).get("managementState").stringValue()).isEqualTo("retirePending");
        assertThat(listed(id).get("deviceActionResults").isEmpty()).isTrue();

        clock.advance(Duration.ofSeconds(20));
        assertGone(id);
        assertThat(graph.act(id, "retire").status()).isEqualTo(404);
        assertThat(simulator.tenant().executions("retire")).containsEntry(id, 1);
    }

    @Test
    void aWipedDeviceIsPendingThenGone() {
        String id = enrol("Windows");
        assertThat(graph.act("v1.0", id, "wipe", Map.of("keepUserData", false, "macOsUnlockCode", "123456")).status())
                .isEqualTo(204);
        assertThat(state(id)).isEqualTo("wipePending");
        assertThat(simulator.tenant().lastParameters("wipe", id).orElseThrow().get("macOsUnlockCode").stringValue())
                .isEqualTo("123456");
        clock.advance(Duration.ofSeconds(20));
        assertGone(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keepEnrollmentData", "keepUserData"})
    void aWipeThatKeepsDataKeepsTheDevice(String kept) {
        String id = enrol("Windows");
        assertThat(graph.act("v1.0", id, "wipe", Map.of(kept, true)).status()).isEqualTo(204);
        assertThat(state(id)).isEqualTo("wipePending");
        clock.advance(Duration.ofSeconds(20));
        assertThat(state(id)).isEqualTo("managed");
        assertThat(result(id).get("actionName").stringValue()).isEqualTo("wipe");
        assertThat(result(id).get("actionState").stringValue()).isEqualTo("done");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"v1.0|{\"keepuserdata\":true}|Invalid ODataActionParameter 'keepuserdata'",
            "v1.0|{\"obliterationBehavior\":\"always\"}|Invalid ODataActionParameter 'obliterationBehavior'",
            "v1.0|{\"useProtectedWipe\":true}|Invalid ODataActionParameter 'useProtectedWipe'",
            "v1.0|{\"keepUserData\":\"true\"}|Edm.Boolean", "v1.0|{\"macOsUnlockCode\":123456}|Edm.String",
            "beta|{\"obliterationBehavior\":\"never\"}|obliterationBehavior", "v1.0|[]|Unable to read JSON",
            "beta|{\"notificationTitle\":\"x\"}|Invalid ODataActionParameter 'notificationTitle'"})
    void aWipeWithUnknownParametersIsRefused(String version, String body, String words) {
        String id = enrol("Windows");
        Web.Reply reply = graph.act(version, id, "wipe", Web.MAPPER.readTree(body));
        assertRefused(reply, words);
        clock.advance(Duration.ofSeconds(20));
        assertThat(state(id)).isEqualTo("managed");
        assertThat(simulator.tenant().executions("wipe")).doesNotContainKey(id);
    }

    @Test
    void aWipeNeedsABodyAndItsType() {
        String id = enrol("Windows");
        assertRefused(graph.act(id, "wipe"), "Empty Payload");
        assertRefused(Web.plain()
                .post(simulator.httpUrl() + "/v1.0" + DEVICES + "/" + id + "/wipe", graph.bearer(), "{}"),
                "Content-Type");
        assertThat(graph.act("v1.0", id, "wipe", Map.of()).status()).isEqualTo(204);
    }

    @Test
    void betaParametersAreAcceptedOnBeta() {
        String id = enrol("macOS");
        assertThat(graph.act("beta", id, "wipe", Map.of("obliterationBehavior", "doNotObliterate")).status())
                .isEqualTo(204);
        assertThat(graph.act("beta", enrol("Windows"), "wipe", Map.of("useProtectedWipe", true)).status())
                .isEqualTo(204);
    }

    @Test
    void anActionWithoutParametersRefusesAny() {
        String id = enrol("iOS");
        assertRefused(graph.act("v1.0", id, "remoteLock", Map.of("keepUserData", true)),
                "Invalid ODataActionParameter 'keepUserData'");
        assertThat(simulator.tenant().executions("remoteLock")).doesNotContainKey(id);
    }

    @Test
    void aNotificationIsAcceptedOnBetaAndLeavesNoTrace() {
        String id = enrol("iOS");
        JsonNode before = graph.device(id, "managementState,deviceActionResults,lastSyncDateTime");
        assertThat(graph.act("beta", id, NOTIFY, TEXT).status()).isEqualTo(204);
        assertThat(simulator.tenant().notifications())
                .contains(new Notification(id, "Hello", "World", clock.instant()));

        clock.advance(Duration.ofSeconds(20));
        assertThat(graph.device(id, "managementState,deviceActionResults,lastSyncDateTime")).isEqualTo(before);
    }

    @Test
    void aNotificationIsUnknownOnV1() {
        String id = enrol("iOS");
        Web.Reply reply = graph.act("v1.0", id, NOTIFY, TEXT);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().get("error").get("message").stringValue())
                .isEqualTo("Resource not found for the segment '" + NOTIFY + "'.");
        assertThat(simulator.tenant().executions(NOTIFY)).doesNotContainKey(id);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "51,1", "1,0", "1,501"})
    void aNotificationThatIsTooLongOrEmptyIsRefused(int title, int body) {
        String id = enrol("iOS");
        assertRefused(graph.act("beta", id, NOTIFY,
                Map.of("notificationTitle", "t".repeat(title), "notificationBody", "b".repeat(body))),
                "must have 1 to");
        assertThat(simulator.tenant().executions(NOTIFY)).doesNotContainKey(id);
    }

    @Test
    void aNotificationOfTheDocumentedLengthIsAccepted() {
        assertThat(graph.act("beta", enrol("iOS"), NOTIFY,
                Map.of("notificationTitle", "t".repeat(50), "notificationBody", "b".repeat(500))).status())
                .isEqualTo(204);
    }

    @Test
    void aDeviceReceivesAtMostTenNotificationsAnHour() {
        String id = enrol("iOS");
        for (int i = 0; i < 10; i++) {
            assertThat(graph.act("beta", id, NOTIFY, TEXT).status()).isEqualTo(204);
        }
        assertThat(graph.act("beta", id, NOTIFY, TEXT).status()).isEqualTo(429);
        assertThat(graph.act("beta", enrol("iOS"), NOTIFY, TEXT).status()).isEqualTo(204);
        assertThat(simulator.tenant().executions(NOTIFY)).containsEntry(id, 10);
        clock.advance(Duration.ofHours(1));
        assertThat(graph.act("beta", id, NOTIFY, TEXT).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({"remoteLock,Windows,mdm,company,false", "remoteLock,iOS,mdm,personal,true",
            "remoteLock,AndroidForWork,googleCloudDevicePolicyController,personal,false",
            "remoteLock,AndroidAOSP,intuneAosp,company,true",
            "remoteLock,Android,googleCloudDevicePolicyController,company,true", "remoteLock,visionOS,mdm,company,true",
            "retire,Android,googleCloudDevicePolicyController,company,false",
            "retire,AndroidForWork,googleCloudDevicePolicyController,personal,true", "retire,iPadOS,mdm,company,true",
            "retire,ChromeOS,mdm,company,false", "retire,tvOS,mdm,company,true",
            "wipe,AndroidForWork,googleCloudDevicePolicyController,personal,false", "wipe,macOS,mdm,company,true",
            "wipe,AndroidEnterprise,googleCloudDevicePolicyController,company,true", "wipe,Linux,mdm,company,false",
            "sendCustomNotificationToCompanyPortal,Windows,mdm,company,false",
            "sendCustomNotificationToCompanyPortal,macOS,mdm,company,false",
            "sendCustomNotificationToCompanyPortal,Android,googleCloudDevicePolicyController,company,false",
            "sendCustomNotificationToCompanyPortal,AndroidForWork,googleCloudDevicePolicyController,personal,true",
            "syncDevice,Linux,mdm,company,true"})
    void anUnsupportedActionIsRefusedWithoutAReason(String action, String system, String agent,
            String owner, boolean supported) {
        String id = enrol(system, agent, owner);
        Web.Reply reply = graph.act("beta", id, action, action.equals(NOTIFY) ? TEXT : Map.of());

        assertThat(reply.status()).isEqualTo(supported ? 204 : 400);
        assertThat(simulator.tenant().executions(action).containsKey(id)).isEqualTo(supported);
        if (!supported) {
            assertThat(reply.json().get("error").get("code").stringValue()).isEqualTo("BadRequest");
            assertThat(GraphClient.nestedMessage(reply)).isEqualTo("An error has occurred");
        }
    }

    @Test
    void aCommandCanFailOnTheDevice() {
        String locked = enrol("iOS");
        simulator.tenant().failNext("remoteLock", locked, "notSupported");
        graph.act(locked, "remoteLock");
        String retired = enrol("iOS");
        simulator.tenant().failNext("retire", retired, "failed");
        graph.act(retired, "retire");
        String wiped = enrol("iOS");
        simulator.tenant().failNext("wipe", wiped, "failed");
        graph.act("v1.0", wiped, "wipe", Map.of());
        clock.advance(Duration.ofSeconds(20));

        assertThat(result(locked).get("actionState").stringValue()).isEqualTo("notSupported");
        assertThat(state(retired)).isEqualTo("retireFailed");
        assertThat(state(wiped)).isEqualTo("wipeFailed");
        graph.act(locked, "remoteLock");
        clock.advance(Duration.ofSeconds(20));
        assertThat(result(locked).get("actionState").stringValue()).as("the next one alone was to fail")
                .isEqualTo("done");
    }

    @Test
    void aFailedSynchronizationDoesNotUpdateTheTime() {
        String id = enrol("iOS");
        String before = graph.device(id, "lastSyncDateTime").get("lastSyncDateTime").stringValue();
        simulator.tenant().failNext("syncDevice", id, "failed");
        graph.sync(id);
        clock.advance(Duration.ofSeconds(20));
        assertThat(result(id).get("actionState").stringValue()).isEqualTo("failed");
        assertThat(graph.device(id, "lastSyncDateTime").get("lastSyncDateTime").stringValue()).isEqualTo(before);
    }

    @Test
    void aSilentDeviceIgnoresCommands() {
        String id = enrol("iOS");
        simulator.tenant().silence(id);
        graph.act("v1.0", id, "wipe", Map.of());
        clock.advance(Duration.ofDays(1));
        assertThat(state(id)).isEqualTo("wipePending");
        assertThat(simulator.tenant().neverChecksIn(id)).isTrue();
    }

    @Test
    void commandsForUnknownDevicesOrActionsAreRefused() {
        assertThatThrownBy(() -> simulator.tenant().failNext("lock", "x", "failed"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x");
        String id = enrol("iOS");
        assertThatThrownBy(() -> simulator.tenant().failNext("lock", id, "failed")).hasMessageContaining("remoteLock");
        assertThatThrownBy(() -> simulator.tenant().failNext("retire", id, "done")).hasMessageContaining("'done'");
        assertThatThrownBy(() -> simulator.tenant().silence("x")).hasMessageContaining("x");
    }

    @Test
    void actionsWorkInBatches() {
        String lock = enrol("iOS");
        String wipe = enrol("Windows");
        String note = enrol("iOS");
        Map<String, Object> batch = Map.of("requests", List.of(item("1", lock, "remoteLock", Map.of()),
                item("2", wipe, "wipe", Map.of("keepUserData", true)), item("3", note, NOTIFY, TEXT),
                item("4", wipe, "wipe", Map.of("useProtectedWipe", "yes"))));

        assertThat(statuses(graph.betaBatch(batch))).containsEntry("1", 204)
                .containsEntry("2", 204)
                .containsEntry("3", 204)
                .containsEntry("4", 400);
        assertThat(statuses(graph.batch(batch))).as("v1.0 has no notification").containsEntry("3", 404);
        assertThat(simulator.tenant().executions("remoteLock")).containsEntry(lock, 2);
        assertThat(simulator.tenant().executions("wipe")).containsEntry(wipe, 2);
        assertThat(simulator.tenant().executions(NOTIFY)).containsEntry(note, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "remoteLock|ManagedDevices.ReadWrite.All|ManagedDevices.PrivilegedOperations.All",
            "retire|ManagedDevices.ReadWrite.All|ManagedDevices.PrivilegedOperations.All",
            "wipe|ManagedDevices.Read.All|ManagedDevices.PrivilegedOperations.All",
            "wipe|ManagedDevices.Read.All|ManagedDevices.ReadWrite.All",
            "sendCustomNotificationToCompanyPortal|ManagedDevices.PrivilegedOperations.All|ManagedDevices.ReadWrite.All",
            "sendCustomNotificationToCompanyPortal|ManagedDevices.Read.All|Configuration.ReadWrite.All"})
    void anActionNeedsItsRole(String action, String wrong, String right) throws IOException {
        Object body = action.equals(NOTIFY) ? TEXT : Map.of();
        try (Simulator without = withRole(wrong); Simulator with = withRole(right)) {
            Web.Reply refused = new GraphClient(without).act("beta", iPhone(without), action, body);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(GraphClient.nestedMessage(refused)).startsWith(
                    "Application is not authorized to perform this operation. Application must have one of the following "
                            + "scopes: ")
                    .contains("DeviceManagement" + right);
            assertThat(without.tenant().totalExecutions(action)).isZero();
            assertThat(without.tenant().lastExecution()).isEmpty();
            assertThat(new GraphClient(with).act("beta", iPhone(with), action, body).status()).isEqualTo(204);
            assertThat(with.tenant().totalExecutions(action)).isEqualTo(1);
            assertThat(with.tenant().totalExecutions()).isEqualTo(1);
        }
    }

    private static Simulator withRole(String role) throws IOException {
        return Simulator
                .start(SimulatorOptions.defaults().withDevices(6).withRoles(Set.of("DeviceManagement" + role)));
    }

    /** Some of the recorded devices. */
    private static String iPhone(Simulator simulator) {
        String id = "0b7d1e34-6a9f-4e6f-b7aa-0c6d7c1b2a05";
        assertThat(simulator.tenant().device(id)).isPresent();
        return id;
    }

    private static Map<String, Object> item(String id, String device, String action, Object body) {
        return Map.of("id", id, "method", "POST", "url", DEVICES + "/" + device + "/" + action, "headers",
                Map.of("Content-Type", "application/json"), "body", body);
    }

    private static Map<String, Integer> statuses(Web.Reply reply) {
        var statuses = new java.util.HashMap<String, Integer>();
        reply.json()
                .get("responses")
                .forEach(item -> statuses.put(item.get("id").stringValue(), item.get("status").intValue()));
        return statuses;
    }

    private String enrol(String system) {
        return enrol(system, "mdm", "company");
    }

    private String enrol(String system, String agent, String owner) {
        String id = "device-" + enrolled.incrementAndGet();
        simulator.tenant()
                .add(Web.MAPPER.createObjectNode()
                        .put("id", id)
                        .put("deviceName", id)
                        .put("operatingSystem", system)
                        .put("managementAgent", agent)
                        .put("managedDeviceOwnerType", owner)
                        .put("managementState", "managed")
                        .put("lastSyncDateTime", "2026-11-01T00:00:00Z")
                        .set("deviceActionResults", Web.MAPPER.createArrayNode()));
        return id;
    }

    private String state(String id) {
        return graph.device(id, "managementState").get("managementState").stringValue();
    }

    private JsonNode result(String id) {
        JsonNode results = graph.device(id, "id,deviceActionResults").get("deviceActionResults");
        assertThat(results.size()).isEqualTo(1);
        return results.get(0);
    }

    private JsonNode listed(String id) {
        return graph.all(DEVICES + "?$select=id,managementState,deviceActionResults")
                .stream()
                .filter(row -> row.get("id").stringValue().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void assertGone(String id) {
        assertThat(graph.get(DEVICES + "/" + id).status()).isEqualTo(404);
        assertThat(graph.all(DEVICES + "?$select=id")).noneMatch(row -> row.get("id").stringValue().equals(id));
        assertThat(simulator.tenant().ids()).doesNotContain(id);
    }

    private static void assertRefused(Web.Reply reply, String words) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().get("error").get("code").stringValue()).isEqualTo("BadRequest");
        assertThat(reply.json().get("error").get("message").stringValue()).contains(words);
    }
}
