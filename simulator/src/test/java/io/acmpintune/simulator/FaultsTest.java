package io.acmpintune.simulator;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.acmpintune.simulator.web.Fault;

import static io.acmpintune.simulator.GraphClient.DEVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {

    private static final String LIST = "GET /v1.0/deviceManagement/managedDevices";
    private static final String SYNC = "POST /v1.0/deviceManagement/managedDevices/{id}/syncDevice";

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDevices(6));
    private final GraphClient graph = new GraphClient(simulator);

    FaultsTest() throws IOException {}

    @AfterAll
    void stop() throws IOException {
        simulator.close();
    }

    @Test
    void anOrderedAnswerMeetsTheNextRequestsAndNoMore() {
        simulator.faults()
                .next(LIST, 2,
                        new Fault.Reply(503, Map.of("Retry-After", "1", "Content-Type", "text/html"), "<h1>Busy</h1>"));
        for (int i = 0; i < 2; i++) {
            Web.Reply reply = graph.get(DEVICES);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isEqualTo("1");
            assertThat(reply.text()).isEqualTo("<h1>Busy</h1>");
        }
        assertThat(simulator.faults().pending(LIST)).isZero();
        assertThat(graph.get(DEVICES).status()).isEqualTo(200);
    }

    @Test
    void faultsHappenInTheOrderInWhichTheyWereOrdered() {
        simulator.faults().next(LIST, 1, new Fault.Reply(500, Map.of(), ""));
        simulator.faults().next(LIST, 1, new Fault.Reply(429, Map.of(), ""));
        assertThat(graph.get(DEVICES).status()).isEqualTo(500);
        assertThat(graph.get(DEVICES).status()).isEqualTo(429);
    }

    @Test
    void aConnectionMayEndBeforeOrAfterTheDeed() {
        String id = simulator.tenant().ids().getFirst();
        simulator.faults().next(SYNC, 1, new Fault.DropBefore());
        assertThatThrownBy(() -> sync(id)).isInstanceOf(IOException.class);
        assertThat(simulator.tenant().syncCommands(id)).isZero();
        simulator.faults().next(SYNC, 1, new Fault.DropAfter());
        assertThatThrownBy(() -> sync(id)).isInstanceOf(IOException.class);
        assertThat(simulator.tenant().syncCommands(id)).isEqualTo(1);
    }

    @Test
    void aRouteThatDoesNotExistIsRefusedWithThoseThatDo() {
        assertThatThrownBy(() -> simulator.faults().next("GET /nowhere", 1, new Fault.DropBefore()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GET /nowhere")
                .hasMessageContaining("POST /Consume");
    }

    private void sync(String id) throws IOException {
        Web.plain()
                .attempt(Web.request(simulator.httpUrl() + "/v1.0" + DEVICES + "/" + id + "/syncDevice", graph.bearer())
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build());
    }
}
