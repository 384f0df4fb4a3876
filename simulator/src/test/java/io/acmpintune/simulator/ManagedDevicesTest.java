package io.acmpintune.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static io.acmpintune.simulator.GraphClient.DEVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagedDevicesTest {

    private static final int SIZE = 2345;
    private static final List<String> ONLY_ON_SINGLE_READS = List.of("activationLockBypassCode", "ethernetMacAddress",
            "iccid", "notes", "physicalMemoryInBytes", "remoteAssistanceSessionUrl", "udid");

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDevices(SIZE));
    private final GraphClient graph = new GraphClient(simulator);

    ManagedDevicesTest() throws IOException {}

    @AfterAll
    void stop() throws IOException {
        simulator.close();
    }

    @Test
    void aListWithoutOptionsComesInPagesOfAThousand() {
        JsonNode page = graph.get(DEVICES).json();
        assertThat(page.get("value").size()).isEqualTo(1000);
        assertThat(page.get("@odata.count").intValue()).isEqualTo(1000);
        assertThat(page.get("@odata.context").stringValue())
                .isEqualTo("https://graph.microsoft.com/v1.0/$metadata#deviceManagement/managedDevices");
        assertThat(graph.get(DEVICES + "?$top=5000").json().get("value").size()).as("more is not served")
                .isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 1000})
    void theLinksLeadToEachDeviceOnce(int top) {
        List<JsonNode> rows = graph.all(DEVICES + "?$top=" + top + "&$select=id,deviceName");
        Set<String> ids = new HashSet<>();
        rows.forEach(row -> ids.add(row.get("id").stringValue()));

        assertThat(rows).hasSize(SIZE);
        assertThat(ids).containsExactlyInAnyOrderElementsOf(simulator.tenant().ids());
    }

    @Test
    void theNextLinkComesBeforeTheRowsAndUsesTheHostOfTheRequest() {
        String body = graph.get(DEVICES + "?$top=2").text();
        assertThat(body.indexOf("\"@odata.nextLink\"")).isPositive().isLessThan(body.indexOf("\"value\""));
        String other = simulator.httpUrl().replace("localhost", "127.0.0.1");
        JsonNode page = graph.link(other + "/v1.0" + DEVICES + "?$top=2&$select=id").json();
        assertThat(page.get("@odata.nextLink").stringValue())
                .startsWith(other + "/v1.0/deviceManagement/managedDevices?$top=2&$select=id&$skiptoken=");
    }

    @Test
    void anyNameSurvivesInTheLinks() throws IOException {
        try (Simulator small = Simulator.start(SimulatorOptions.defaults().withDevices(6))) {
            List<String> names = List.of("a b", "a+b", "a%20b", "'", "''quoted''", "<A&B>", "{kiosk}", "x=y?z#", "äöü",
                    "👩‍🔧", "ש", "\\", "/", "a,LastDeviceId='b'", "line\nbreak", "");
            for (int i = 0; i < names.size(); i++) {
                small.tenant().add(Web.MAPPER.createObjectNode().put("id", "id-" + i).put("deviceName", names.get(i)));
            }
            List<String> served = new ArrayList<>();
            new GraphClient(small).all(DEVICES + "?$top=1&$select=deviceName")
                    .forEach(row -> served.add(row.get("deviceName").stringValue()));

            assertThat(served).hasSize(22)
                    .containsAll(names)
                    .contains("AndroidForWork {kiosk} <A&B>", "Anna's iPhone 📱");
        }
    }

    @Test
    void theRecordedDevicesAreListedUnchanged() throws IOException {
        try (InputStream file = ManagedDevicesTest.class.getResourceAsStream("graph/observed-devices.json")) {
            List<JsonNode> rows = graph.all(DEVICES);
            for (JsonNode observed : Web.MAPPER.readTree(file).get("value")) {
                assertThat(rows).contains(observed);
            }
        }
    }

    @Test
    void onlySelectedColumnsAreReturned() {
        JsonNode page = graph.get(DEVICES + "?$top=3&$select=deviceName,id").json();
        assertThat(page.get("@odata.context").stringValue())
                .endsWith("#deviceManagement/managedDevices(id,deviceName)");
        page.get("value").forEach(row -> assertThat(row.propertyNames()).containsExactlyInAnyOrder("id", "deviceName"));
    }

    @Test
    void anUnknownColumnIsRefused() {
        assertBadRequest(graph.get(DEVICES + "?$select=id,devicename"), "'devicename'");
        assertBadRequest(graph.get(DEVICES + "?$select=id,%20deviceName"), "not valid in a $select");
        assertBadRequest(graph.get(DEVICES + "?$select=id,"), "not valid in a $select");
        assertBadRequest(graph.get(DEVICES + "/" + simulator.tenant().ids().getFirst() + "?$select=nope"), "'nope'");
    }

    @Test
    void aBetaColumnIsRefusedOnV1AndReturnedOnBeta() {
        assertBadRequest(graph.get(DEVICES + "?$select=hardwareInformation"), "'hardwareInformation'");
        JsonNode row = graph.beta(DEVICES + "?$top=1&$select=hardwareInformation,id").json().get("value").get(0);
        assertThat(row.propertyNames()).containsExactlyInAnyOrder("hardwareInformation", "id");
        assertThat(graph.beta(DEVICES + "?$top=1").json().get("value").get(0).has("roleScopeTagIds")).isTrue();
    }

    @Test
    void someColumnsAreReturnedInSingleReadsOnly() {
        String id = simulator.tenant()
                .ids()
                .stream()
                .filter(device -> simulator.tenant()
                        .device(device)
                        .orElseThrow()
                        .get("operatingSystem")
                        .asString("")
                        .equals("macOS"))
                .findFirst()
                .orElseThrow();
        String columns = String.join(",", ONLY_ON_SINGLE_READS);

        JsonNode selected = graph.device(id, columns);
        assertThat(selected.get("udid").stringValue()).isNotEmpty();
        assertThat(selected.get("ethernetMacAddress").stringValue()).isNotEmpty();
        assertThat(selected.get("physicalMemoryInBytes").longValue()).isPositive();
        assertWithheld(graph.get(DEVICES + "/" + id).json());
        graph.all(DEVICES + "?$select=id," + columns).forEach(ManagedDevicesTest::assertWithheld);
        graph.all(DEVICES).forEach(ManagedDevicesTest::assertWithheld);
    }

    @Test
    void aSingleReadAgreesWithTheList() {
        JsonNode listed = graph.get(DEVICES + "?$top=1").json().get("value").get(0);
        ObjectNode single = (ObjectNode) graph.get(DEVICES + "/" + listed.get("id").stringValue()).json();
        assertThat(single.remove("@odata.context").stringValue()).endsWith("#deviceManagement/managedDevices/$entity");
        assertThat(single).isEqualTo(listed);
        assertThat(simulator.tenant().device(listed.get("id").stringValue())).contains(single);
    }

    @Test
    void anUnknownDeviceIsNotFoundInIntunesForm() {
        Web.Reply reply = graph.get(DEVICES + "/00000000-0000-0000-0000-000000000001");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().get("error").get("code").stringValue()).isEqualTo("ResourceNotFound");
        JsonNode message = Web.MAPPER.readTree(reply.json().get("error").get("message").stringValue());
        assertThat(message.get("_version").intValue()).isEqualTo(3);
        assertThat(message.get("Message").stringValue()).contains("00000000-0000-0000-0000-000000000001",
                "Activity ID");
    }

    @Test
    void supportedFiltersAreApplied() {
        List<JsonNode> all = graph.all(DEVICES);
        String serial = "VMware-42 14 6f ea e7 65 43 21-12 34 56 30 48 25 cc 11";
        assertThat(GraphClient.ids(graph.filter("serialNumber eq '" + serial + "'")))
                .containsExactly("4e8b7d90-2c4d-4e11-a2b6-0c6d7c1b2a04");
        assertThat(GraphClient.ids(graph.filter("deviceName eq 'Anna''s iPhone 📱'")))
                .containsExactly("0b7d1e34-6a9f-4e6f-b7aa-0c6d7c1b2a05");
        assertThat(GraphClient.ids(graph.filter("contains(deviceName, '{kiosk}')")))
                .containsExactly("d3c2b1a0-5f5e-4d4c-8b8a-0c6d7c1b2a06");
        assertThat(filtered("operatingSystem eq 'macOS'"))
                .hasSameSizeAs(
                        all.stream().filter(d -> d.get("operatingSystem").stringValue().equals("macOS")).toList());
        String limit = "2026-11-20T00:00:00Z";
        List<JsonNode> recent = all.stream()
                .filter(d -> d.get("lastSyncDateTime").stringValue().compareTo(limit) > 0)
                .toList();
        assertThat(recent).hasSizeBetween(1, SIZE - 1);
        assertThat(filtered("lastSyncDateTime gt " + limit)).hasSameSizeAs(recent);
        assertThat(filtered("lastSyncDateTime lt " + limit)).hasSize(SIZE - recent.size());
        assertThat(filtered("lastSyncDateTime gt " + limit + " and operatingSystem eq 'iOS'")).hasSameSizeAs(
                recent.stream().filter(d -> d.get("operatingSystem").stringValue().equals("iOS")).toList());
    }

    @Test
    void valuesOfOnePropertyCanBeJoinedByOrInParentheses() {
        int phones = filtered("operatingSystem eq 'iOS'").size() + filtered("operatingSystem eq 'Android'").size();

        assertThat(filtered("(operatingSystem eq 'iOS' or operatingSystem eq 'Android')")).hasSize(phones);
        assertThat(filtered("lastSyncDateTime gt 1999-01-01T00:00:00Z and (operatingSystem eq 'iOS'"
                + " or operatingSystem eq 'Android') and managementAgent eq 'nobody'")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id eq 'x'", "(operatingSystem eq 'iOS' or serialNumber eq '1')",
            "(operatingSystem eq 'iOS' or operatingSystem eq 'Android'",
            "(operatingSystem eq 'iOS' and operatingSystem eq 'Android')", "deviceEnrollmentType eq 'userEnrollment'",
            "deviceName ne 'x'",
            "operatingSystem eq 'iOS' or serialNumber eq '1'", "lastSyncDateTime gt yesterday", "udid eq '1'"})
    void anUnsupportedFilterIsIgnored(String filter) {
        assertThat(filtered(filter)).hasSize(SIZE);
    }

    @Test
    void notEqualOnTheOperatingSystemBehavesLikeEqual() {
        assertThat(GraphClient.ids(graph.filter("operatingSystem ne 'macOS'")))
                .isEqualTo(GraphClient.ids(graph.filter("operatingSystem eq 'macOS'")));
    }

    @Test
    void aMalformedFilterIsRefused() {
        assertBadRequest(graph.filter("deviceNam eq 'x'"), "'deviceNam'");
        assertBadRequest(graph.filter("deviceName equals"), "Syntax error");
        assertThat(graph.filter("serialNumber in ('1','2')").status()).as("the service fails on it").isEqualTo(500);
    }

    @Test
    void theCountIsPlainText() {
        Web.Reply reply = graph.get(DEVICES + "/$count");
        assertThat(reply.text()).isEqualTo(Integer.toString(SIZE));
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
    }

    @Test
    void skipFindsNothingBeyondTheFirstPage() {
        assertThat(GraphClient.ids(graph.get(DEVICES + "?$skip=1000"))).isEmpty();
        assertThat(GraphClient.ids(graph.get(DEVICES + "?$top=5&$skip=3"))).hasSize(2);
    }

    @Test
    void unknownOptionsAreRefused() {
        assertBadRequest(graph.get(DEVICES + "?$top=abc"), "$top");
        assertBadRequest(graph.get(DEVICES + "?$top=-1"), "$top");
        assertBadRequest(graph.get(DEVICES + "?$selekt=id"), "$selekt");
        assertBadRequest(graph.get(DEVICES + "?$skiptoken=abc"), "Skip token");
    }

    @Test
    void orderingIsIgnored() {
        assertThat(GraphClient.ids(graph.get(DEVICES + "?$top=5&$orderby=lastSyncDateTime%20desc")))
                .isEqualTo(GraphClient.ids(graph.get(DEVICES + "?$top=5")));
    }

    @Test
    void testsCanAddChangeAndRemoveDevices() throws IOException {
        try (Simulator own = Simulator.start(SimulatorOptions.defaults().withDevices(3))) {
            var client = new GraphClient(own);
            own.tenant().add(Web.MAPPER.createObjectNode().put("id", "new").put("deviceName", "AAA").putNull("udid"));
            assertThat(client.get(DEVICES + "?$top=1").json().get("value").get(0).get("id").stringValue())
                    .isEqualTo("new");
            own.tenant().change("new", Web.MAPPER.createObjectNode().put("deviceName", "zzz").put("isEncrypted", true));
            List<String> ids = GraphClient.ids(client.get(DEVICES));
            assertThat(ids).hasSize(4).last().isEqualTo("new");
            assertThat(client.device("new", "deviceName,isEncrypted").get("isEncrypted").booleanValue()).isTrue();
            assertThat(own.tenant().remove("new")).isTrue();
            assertThat(own.tenant().remove("new")).isFalse();
            assertThat(client.get(DEVICES + "/new").status()).isEqualTo(404);
            assertThatThrownBy(() -> own.tenant().add(Web.MAPPER.createObjectNode().put("id", "x").put("nope", 1)))
                    .hasMessageContaining("'nope'");
            assertThatThrownBy(() -> own.tenant().change("none", Web.MAPPER.createObjectNode()))
                    .hasMessageContaining("no device none");
        }
    }

    @Test
    void requestsAreCountedByRoute() throws IOException {
        try (Simulator own = Simulator.start(SimulatorOptions.defaults().withDevices(3))) {
            var client = new GraphClient(own);
            client.all(DEVICES + "?$top=1");
            assertThat(own.requests()).containsOnly(Map.entry("GET /v1.0/deviceManagement/managedDevices", 3L),
                    Map.entry("POST /{tenant}/oauth2/v2.0/token", 1L));
        }
    }

    private List<JsonNode> filtered(String filter) {
        return graph.all(DEVICES + "?$select=id&$filter=" + Web.encode(filter));
    }

    private static void assertWithheld(JsonNode row) {
        for (String column : ONLY_ON_SINGLE_READS) {
            JsonNode value = row.get(column);
            assertThat(value.isNull() || value.equals(Web.MAPPER.getNodeFactory().stringNode(""))
                    || (value.isNumber() && value.longValue() == 0)).as(column + " " + value).isTrue();
        }
    }

    private static void assertBadRequest(Web.Reply reply, String words) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().get("error").get("code").stringValue()).isEqualTo("BadRequest");
        assertThat(reply.json().get("error").get("message").stringValue()).contains(words);
    }
}
