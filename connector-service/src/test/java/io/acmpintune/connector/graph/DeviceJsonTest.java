package io.acmpintune.connector.graph;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.model.device.ActionResultState;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceActionResult;
import io.acmpintune.model.device.EnrollmentType;
import io.acmpintune.model.device.ManagementAgent;
import io.acmpintune.model.device.ManagementState;

import static org.assertj.core.api.Assertions.assertThat;

class DeviceJsonTest {

    private final JsonMapper json = JsonMapper.shared();
    private final DeviceJson devices = new DeviceJson(json);

    /** What the observed devices are when every way to say "no value" is folded into its absence. */
    @Test
    void everyPropertyOfTheObservedDevicesArrives() throws IOException {
        try (InputStream expected = resource("/observed-devices-folded.json")) {
            JsonNode arrived = json.readTree(json.writeValueAsString(observed()));
            arrived.findParents("id").forEach(DeviceJsonTest::withoutNulls);
            arrived.findParents("actionName").forEach(DeviceJsonTest::withoutNulls);
            assertThat(arrived).isEqualTo(json.readTree(expected));
        }
    }

    @Test
    void sentinelDatesAndTheGuidOfZerosAreNoValues() throws IOException {
        Device panel = observed().getFirst();

        assertThat(panel.deviceName()).isEqualTo("RoomPanel-3F");
        assertThat(panel.azureADDeviceId()).isNull();
        assertThat(panel.easActivationDateTime()).isNull();
        assertThat(panel.exchangeLastSuccessfulSyncDateTime()).isNull();
        assertThat(panel.complianceGracePeriodExpirationDateTime()).isNull();
        assertThat(panel.lastSyncDateTime()).isEqualTo(Instant.parse("2026-11-20T06:12:09Z"));
        assertThat(observed().get(2).complianceGracePeriodExpirationDateTime()).as("with seven digits").isNull();
    }

    @Test
    void aSerialOfZeroIsAValueAndSpacesInOneStay() throws IOException {
        assertThat(observed().get(2).serialNumber()).isEqualTo("0");
        assertThat(observed().get(3).serialNumber())
                .isEqualTo("VMware-42 14 6f ea e7 65 43 21-12 34 56 30 48 25 cc 11");
    }

    @Test
    void sevenDigitsOfASecondArriveAndSoDoDerivedActionResults() throws IOException {
        assertThat(observed().get(3).easActivationDateTime()).isEqualTo(Instant.parse("2021-06-24T08:37:10.2303995Z"));
        assertThat(observed().get(3).deviceActionResults()).element(1)
                .isEqualTo(new DeviceActionResult("windowsDefenderScan", ActionResultState.DONE,
                        Instant.parse("2023-08-23T08:20:27.9731659Z"), Instant.parse("2023-08-23T09:04:07Z"),
                        "Full Scan", null));
    }

    @Test
    void emojiAndMarkupAndBracesStayAsTheyAre() throws IOException {
        assertThat(observed().get(4).deviceName()).isEqualTo("Anna's iPhone 📱");
        assertThat(observed().get(4).userDisplayName()).isEqualTo("Anna Ölçü");
        assertThat(observed().get(5).deviceName()).isEqualTo("AndroidForWork {kiosk} <A&B>");
    }

    @Test
    void anEnumMemberThatGraphDoesNotDeclareIsKept() throws IOException {
        assertThat(observed().get(5).deviceEnrollmentType())
                .isEqualTo(new EnrollmentType("androidEnterpriseDedicatedDevice"));
        assertThat(observed().get(5).managementAgent())
                .isEqualTo(ManagementAgent.GOOGLE_CLOUD_DEVICE_POLICY_CONTROLLER);
        assertThat(observed().get(5).managementState()).isEqualTo(ManagementState.MANAGED);
        assertThat(observed().get(4).managementState()).as("not in the row").isNull();
    }

    @Test
    void aRowMayHaveNothingButAnId() {
        assertThat(device("{\"id\":\"a\"}").deviceName()).isNull();
    }

    @Test
    void unknownPropertiesAreIgnored() {
        assertThat(device("{\"id\":\"a\",\"hardwareInformation\":{\"tpm\":[1,2]},\"@odata.type\":\"x\"}").id().value())
                .isEqualTo("a");
    }

    @Test
    void anEmptyEnumMemberIsNull() {
        assertThat(device("{\"id\":\"a\",\"managementState\":\"\",\"complianceState\":null}").managementState())
                .isNull();
    }

    @Test
    void anEmptyDateIsNull() {
        assertThat(device("{\"id\":\"a\",\"lastSyncDateTime\":\"\"}").lastSyncDateTime()).isNull();
    }

    @Test
    void healthAttestationArrivesWithNamesAndNullsOfItsOwn() {
        assertThat(
                device("""
                        {"id":"a","deviceHealthAttestationState":{"secureBoot":"enabled","restartCount":3,"pcr0":null,"codeIntegrity":""}}
                        """)
                        .deviceHealthAttestationState())
                .containsEntry("secureBoot", "enabled")
                .containsEntry("restartCount", "3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}|id is missing", "{\"id\":\"\"}|id is missing",
            "{\"id\":null}|id is missing", "7|id is missing", "null|id is missing",
            "{\"id\":\"a b\"}|id: not a device id",
            "{\"id\":\"00000000-0000-0000-0000-000000000000\"}|id is missing",
            "{\"id\":\"a\",\"totalStorageSpaceInBytes\":\"much\"}|totalStorageSpaceInBytes: ",
            "{\"id\":\"a\",\"lastSyncDateTime\":\"yesterday\"}|lastSyncDateTime: ",
            "{\"id\":\"a\",\"isEncrypted\":{}}|isEncrypted: ", "{\"id\":\"a\",\"deviceName\":{\"x\":1}}|deviceName: ",
            "{\"id\":\"a\",\"deviceActionResults\":7}|deviceActionResults: "})
    void aRowThatIsNoDeviceBecomesMalformedWithPropertyReasonAndTheRowItself(String row, String reason) {
        assertThat(devices.read(json.readTree(row))).isInstanceOfSatisfying(DeviceRow.Malformed.class, malformed -> {
            assertThat(malformed.reason()).startsWith(reason).hasSizeGreaterThan(reason.length() - 1);
            assertThat(json.readTree(malformed.raw())).isEqualTo(json.readTree(row));
        });
    }

    @Test
    void noSecretOfAMalformedRowIsKeptWithIt() {
        DeviceRow row = devices.read(json.readTree(
                """
                        {"id":"a","lastSyncDateTime":"soon","activationLockBypassCode":"canary-1","notes":null,
                         "remoteAssistanceSessionUrl":"https://canary-2","deviceActionResults":[
                          {"actionName":"remoteLock","unlockPin":"canary-3"},{"actionName":"resetPasscode","passcode":"canary-4"},
                          {"actionName":"locateDevice","deviceLocation":{"latitude":"canary-5"},"actionState":"done"}]}
                        """));

        assertThat(row).isInstanceOfSatisfying(DeviceRow.Malformed.class, malformed -> {
            assertThat(malformed.raw()).doesNotContain("canary");
            assertThat(json.readTree(malformed.raw())).isEqualTo(json.readTree("""
                    {"id":"a","lastSyncDateTime":"soon","activationLockBypassCode":"…","notes":null,
                     "remoteAssistanceSessionUrl":"…","deviceActionResults":[
                      {"actionName":"remoteLock","unlockPin":"…"},{"actionName":"resetPasscode","passcode":"…"},
                      {"actionName":"locateDevice","deviceLocation":"…","actionState":"done"}]}
                    """));
        });
    }

    @Test
    void onlyColumnsThatTheListFillsAreSelected() {
        assertThat(DeviceJson.columns()).doesNotContain("activationLockBypassCode", "ethernetMacAddress", "iccid",
                "notes", "physicalMemoryInBytes", "remoteAssistanceSessionUrl", "udid").hasSize(49);
    }

    // ---- pages

    @Test
    void aMalformedRowLeavesTheRestOfThePageAlone() {
        List<DeviceRow> rows = page("{\"value\":[{\"id\":\"a\"},{\"id\":\"b\",\"isEncrypted\":{}},{\"id\":\"c\"}]}",
                new ArrayList<>());

        assertThat(rows).hasSize(3);
        assertThat(rows.get(1)).isInstanceOf(DeviceRow.Malformed.class);
        assertThat(rows.get(2)).isInstanceOf(DeviceRow.Parsed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"@odata.context\":\"x\",\"@odata.nextLink\":\"https://g/next?a={b}&c=%20d\",\"value\":[{\"id\":\"a\"}]}",
            "{\"value\":[{\"id\":\"a\"}],\"@odata.count\":1,\"@odata.nextLink\":\"https://g/next?a={b}&c=%20d\"}"})
    void theNextLinkIsToldUnchangedBeforeAndBehindTheRows(String body) {
        List<String> links = new ArrayList<>();

        assertThat(page(body, links)).hasSize(1);
        assertThat(links).containsExactly("https://g/next?a={b}&c=%20d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"value\":[]}", "{\"@odata.nextLink\":null,\"value\":[]}",
            "{\"@odata.nextLink\":\"\",\"value\":[]}"})
    void aPageWithoutALinkIsTheLast(String body) {
        List<String> links = new ArrayList<>();

        assertThat(page(body, links)).isEmpty();
        assertThat(links).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"value\":[", "{\"value\":[{\"id\":\"a\"},{\"id\":",
            "{\"value\":[{\"id\":\"a\"}]",
            "{\"value\":[{\"id\":\"a\"}", "{}", "[]", "{\"value\":{}}", "{\"value\":null}", "<html>",
            "{\"value\":[],\"@odata.nextLink\":{}}"})
    void aPageThatBreaksOffOrIsNoneIsNeverTakenForAWholeOne(String body) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> page(body, new ArrayList<>()))
                .isInstanceOf(tools.jackson.core.JacksonException.class);
    }

    private List<DeviceRow> page(String body, List<String> links) {
        return new PageReader(json).read(
                new ByteArrayInputStream(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)), links::add);
    }

    private Device device(String row) {
        return switch (devices.read(json.readTree(row))) {
            case DeviceRow.Parsed(var device) -> device;
            case DeviceRow.Malformed malformed -> throw new AssertionError(malformed.toString());
        };
    }

    private List<Device> observed() throws IOException {
        try (InputStream page = resource("/observed-devices.json")) {
            return new PageReader(json)
                    .read(page, link -> org.assertj.core.api.Assertions.fail("the sample is one page: " + link))
                    .stream()
                    .map(DeviceRow.Parsed.class::cast)
                    .map(DeviceRow.Parsed::device)
                    .toList();
        }
    }

    private static void withoutNulls(JsonNode node) {
        ((ObjectNode) node).removeIf(JsonNode::isNull);
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(DeviceJsonTest.class.getResourceAsStream(name), name);
    }
}
