package io.acmpintune.simulator;

import java.io.IOException;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.SimulatorOptions.AcmpAddress;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcmpControlTest {

    private static final String ID = "{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}";

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
    void clientsCanBePutSeenAndDeleted() {
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
        assertThat(SicsClient.withReplyTarget(simulator)
                .ask("""
                        <ICQL><ACMP><GetCommandVersions version="1"><TGetCommandVersionsRequest_V1><Commands>
                        <string>SaveClients</string></Commands></TGetCommandVersionsRequest_V1></GetCommandVersions></ACMP></ICQL>"""))
                .contains("<Versions>1,2</Versions>");
    }

    @Test
    void whatCannotBeIsRefusedWithTheReason() {
        assertRefused(web.postJson(url("ACMP-1/clients"), Map.of(), Map.of("Colour", "red")), "Colour");
        assertRefused(web.postJson(url("ACMP-1/versions"), Map.of(), Map.of("versions", "MakeCoffee:1")), "MakeCoffee");
        assertRefused(web.get(url("ACMP-9/clients"), Map.of()), "ACMP-2");
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
