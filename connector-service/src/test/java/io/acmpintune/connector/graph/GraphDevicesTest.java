package io.acmpintune.connector.graph;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.acmpintune.model.action.UnlockPin;
import io.acmpintune.model.device.ActionResultState;
import io.acmpintune.model.device.DeviceActionResult;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.device.ManagementState;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** Reading single devices. */
class GraphDevicesTest extends ScriptedGraph {

    @Test
    void thePinOfTheNewestLockIsReadAndNothingOfItIsInItsText() {
        answers(okJson("""
                {"responses":[{"id":"d-1","status":200,"body":{"id":"d-1","deviceActionResults":[
                  {"actionName":"remoteLock","startDateTime":"2026-11-20T11:00:00Z","unlockPin":"111111"},
                  {"actionName":"remoteLock","startDateTime":"2026-11-20T12:00:00Z","unlockPin":"222222"},
                  {"actionName":"wipe","startDateTime":"2026-11-20T13:00:00Z","unlockPin":"333333"}]}}]}
                """));

        UnlockPinResult result = graph.devices().unlockPin(new DeviceId("d-1"), Instant.parse("2026-11-20T11:30:00Z"));

        assertThat(result).isEqualTo(new UnlockPinResult.Found(new UnlockPin("222222")));
        assertThat(result.toString()).doesNotContain("222222");
        assertThat(graph.devices().unlockPin(new DeviceId("d-1"), Instant.parse("2026-11-20T12:30:00Z")))
                .isEqualTo(new UnlockPinResult.None());
    }

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
}
