package io.acmpintune.simulator;

import java.io.IOException;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.SimulatorOptions.AcmpAddress;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcmpControlTest {

    private static final String ID = "{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}";

    private static final String VERSIONS = """
            <ICQL><ACMP><GetCommandVersions version="1"><TGetCommandVersionsRequest_V1><Commands>
            <string>SaveClients</string></Commands></TGetCommandVersionsRequest_V1></GetCommandVersions></ACMP></ICQL>""";

    private final Web web = Web.plain();
    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults()
            .withDevices(0)
            .withAcmpServers(Map.of("ACMP-1", new AcmpAddress("acmp", "acmp"), "ACMP-2",
                    new AcmpAddress("acmp-2", "acmp-2"))));

    AcmpControlTest() throws IOException {}

    @AfterAll
    void stop() throws IOException {
        simulator.close();
    }

    @Test
    void clientsCanBeAddedReadAndDeleted() {
        Web.Reply put = web.postJson(url("ACMP-2/clients"), Map.of(),
                Map.of("ClientId", ID, "ComputerName", "OLD", "ComputerDomain", "d"));
        assertThat(put.json()).isEqualTo(Web.MAPPER.readTree("{\"ClientId\":\"%s\"}".formatted(ID)));

        JsonNode seen = web.get(url("ACMP-2/clients/" + Web.encode(ID)), Map.of()).json();
        assertThat(seen.get("client").get("ComputerName").stringValue()).isEqualTo("OLD");
        assertThat(seen.get("timesSaved").intValue()).isZero();
        assertThat(seen.has("mobileDevice")).isFalse();
        assertThat(web.get(url("ACMP-2/clients"), Map.of()).json().get(ID)).isEqualTo(seen);
        assertThat(web.get(url("ACMP-1/clients"), Map.of()).json().isEmpty()).as("another server").isTrue();

        assertThat(web.delete(url("ACMP-2/clients/" + Web.encode(ID)), Map.of()).status()).isEqualTo(204);
        assertThat(simulator.acmp("ACMP-2").clientCount()).isZero();
        assertRefused(web.delete(url("ACMP-2/clients/" + Web.encode(ID)), Map.of()), ID);
    }

    @Test
    void versionsCanBeChanged() {
        order("ACMP-1/versions", Map.of("versions", "SaveClients:1,2"));
        assertThat(SicsClient.withReplyTarget(simulator).ask(VERSIONS))
                .contains("<Versions>1,2</Versions>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lost", "late", "held", "duplicated", "foreign", "malformed", "refused"})
    void everyKindOfFaultCanBeInjected(String kind) {
        order("ACMP-1/faults", Map.of("command", "GetCommandVersions", "kind", kind, "milliseconds", 1, "flaw",
                "TRUNCATED", "code", 18));
        assertThat(state("ACMP-1").get("faultsPending").get("GetCommandVersions").intValue()).isEqualTo(1);
        long before = happened();
        SicsClient.withReplyTarget(simulator).publish("acmp", "acmp", VERSIONS);
        while (happened() == before) {
            Thread.onSpinWait();
        }
        assertThat(state("ACMP-1").get("faultsPending").isEmpty()).isTrue();
        order("ACMP-1/faults/release", Map.of());
        simulator.sics().restart();
    }

    @Test
    void aServerCanBeSlowDeadOrSelectiveUntilItsFaultsAreCleared() {
        order("ACMP-2/condition", Map.of("slowMilliseconds", 1, "dead", true));
        order("ACMP-2/condition", Map.of("dead", false));
        order("ACMP-2/refusals",
                Map.of("command", "SaveClients", "field", "ComputerName", "value", "BAD.*", "code", 35));
        order("ACMP-2/licence", Map.of("clients", 0));
        order("ACMP-2/faults", Map.of("command", "*", "kind", "none", "after", 1, "times", 2));
        assertThat(state("ACMP-2").get("faultsPending").get("*").intValue()).isEqualTo(3);
        assertThat(web.delete(url("ACMP-2/faults"), Map.of()).status()).isEqualTo(204);
        assertThat(state("ACMP-2").get("faultsPending").isEmpty()).isTrue();
    }

    @Test
    void trafficIsReportedByServerAndCommand() {
        SicsClient.withReplyTarget(simulator).ask(VERSIONS);
        assertThat(state("ACMP-1").get("commands").get("GetCommandVersions").get("largest").intValue()).isEqualTo(1);
        assertThat(state("ACMP-2").get("commands").isEmpty()).as("another server").isTrue();
        assertThat(state("ACMP-2").get("mobileDevices").intValue()).isZero();
    }

    @Test
    void acmpCanBeMadeToPublishAndReportsTheReplies() {
        var client = SicsClient.withReplyTarget(simulator);
        client.createTarget("query-actions", "acmp", "IntuneMobileDevices_1");
        order("ACMP-1/publications", Map.of("virtualRouter", "acmp", "routingKey", "IntuneMobileDevices_1", "icql",
                "<ICQL/>", "callbackRouter", "acmp", "callbackKey", "callback"));
        assertThat(SicsClient.texts(client.consume("acmp", "query-actions", 0, 1))).containsExactly("<ICQL/>");
        client.publish("acmp", "callback", "<ICQL>done</ICQL>");
        assertThat(web.get(url("ACMP-1/replies"), Map.of()).json())
                .isEqualTo(Web.MAPPER.readTree("[\"<ICQL>done</ICQL>\"]"));
    }

    @Test
    void invalidCommandsAreRefusedWithTheReason() {
        assertOrderRefused("faults", Map.of("command", "SaveClients", "kind", "explode"), "duplicated");
        assertOrderRefused("faults", Map.of("command", "MakeCoffee", "kind", "lost"), "MakeCoffee");
        assertOrderRefused("faults", Map.of("command", "SaveClients", "kind", "malformed"), "NOT_BASE64");
        assertOrderRefused("faults", Map.of("command", "SaveClients", "kind", "refused"), "0");
        assertOrderRefused("refusals", Map.of("command", "SaveClients"), "'field'");
        assertOrderRefused("refusals",
                Map.of("command", "SaveClients", "field", "ComputerName", "value", "(", "code", 35), "(");
        assertOrderRefused("licence", Map.of("clients", "none"), "clients");
        assertOrderRefused("condition", Map.of("slowMilliseconds", -1), "PT-0.001S");
        assertOrderRefused("publications", Map.of("virtualRouter", "acmp"), "routingKey");
        assertRefused(web.postJson(url("ACMP-1/clients"), Map.of(), Map.of("Colour", "red")), "Colour");
        assertRefused(web.postJson(url("ACMP-1/versions"), Map.of(), Map.of("versions", "MakeCoffee:1")), "MakeCoffee");
        assertRefused(web.get(url("ACMP-9/clients"), Map.of()), "ACMP-2");
    }

    private void assertOrderRefused(String path, Object body, String words) {
        assertRefused(web.postJson(url("ACMP-1/" + path), Map.of(), body), words);
    }

    private JsonNode state(String server) {
        return web.get(simulator.httpUrl() + "/simulator/acmp", Map.of()).json().get(server);
    }

    private long happened() {
        return state("ACMP-1").get("faultsHappened").path("GetCommandVersions").asLong(0);
    }

    private void order(String path, Object body) {
        Web.Reply reply = web.postJson(url(path), Map.of(), body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    }

    private static void assertRefused(Web.Reply reply, String words) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.text()).contains(words);
    }

    private String url(String path) {
        return simulator.httpUrl() + "/simulator/acmp/" + path;
    }
}
