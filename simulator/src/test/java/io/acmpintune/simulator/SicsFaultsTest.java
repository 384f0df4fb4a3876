package io.acmpintune.simulator;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.sics.PublishFault;
import io.acmpintune.simulator.web.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SicsFaultsTest {

    private final TestClock clock = new TestClock();
    private final Web web = Web.plain();
    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDevices(6).withClock(clock));

    SicsFaultsTest() throws IOException {}

    @AfterEach
    void restart() {
        web.delete(simulator.httpUrl() + "/simulator/faults", Map.of());
        simulator.sics().restart();
    }

    @AfterAll
    void stop() throws IOException {
        simulator.close();
    }

    @Test
    void aSessionCanEndBetweenPublishAndConsume() {
        var client = readyToRead();
        simulator.sics().faults().afterPublish(1, PublishFault.SESSIONS_END);
        assertThat(client.publish("r", "k", "x").status()).isEqualTo(200);
        assertThat(client.consume("r", "t", 0, 1).status()).isEqualTo(401);
        assertThat(SicsClient.texts(new SicsClient(simulator).consume("r", "t", 0, 1))).containsExactly("x");
        assertThat(new SicsClient(simulator).publish("r", "k", "x").status()).as("the next").isEqualTo(200);
    }

    @Test
    void aRestartCanHappenBetweenPublishAndConsume() {
        var client = readyToRead();
        order("sics/publish-faults", Map.of("fault", "RESTART"));
        assertThat(look("sics").get("publishFaultsPending").intValue()).isEqualTo(1);
        assertThat(client.publish("r", "k", "x").status()).isEqualTo(200);
        assertThat(look("sics").get("publishFaultsPending").intValue()).isZero();
        assertThat(new SicsClient(simulator).consume("r", "t", 0, 1).status()).isEqualTo(404);
    }

    @Test
    void anErrorCanFollowAnAcceptedMessage() {
        var client = readyToRead();
        simulator.faults().next("POST /Publish", 1, new Fault.ReplyAfter(new Fault.Reply(500, Map.of(), "")));
        assertThat(client.publish("r", "k", "x").status()).isEqualTo(500);
        assertThat(SicsClient.texts(client.consume("r", "t", 0, 1))).containsExactly("x");
    }

    @Test
    void anOutageResetsConnectionsAndLosesNothing() {
        var client = readyToRead();
        client.publish("r", "k", "x");
        order("sics/outage", Map.of());
        assertThatThrownBy(this::logIn).isInstanceOf(IOException.class);
        assertThat(look("sics").get("reachable").booleanValue()).isFalse();
        assertThat(new GraphClient(simulator).get(GraphClient.DEVICES).status()).as("Graph").isEqualTo(200);

        assertThat(web.delete(simulator.httpUrl() + "/simulator/sics/outage", Map.of()).status()).isEqualTo(204);
        assertThat(SicsClient.texts(client.consume("r", "t", 0, 1))).containsExactly("x");
    }

    @Test
    void anOutageCanHaveADuration() {
        order("sics/outage", Map.of("milliseconds", 60_000));
        clock.advance(Duration.ofMillis(59_999));
        assertThatThrownBy(this::logIn).isInstanceOf(IOException.class);
        clock.advance(Duration.ofMillis(1));
        assertThat(new SicsClient(simulator).createRouter("r").status()).isEqualTo(200);
    }

    @Test
    void anOutageResetsWaitingReaders() {
        var client = readyToRead();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long before = simulator.sics().consumes();
            Future<Web.Reply> reader = threads.submit(() -> client.consume("r", "t", 60_000, 1));
            while (simulator.sics().consumes() == before) {
                Thread.onSpinWait();
            }
            simulator.sics().faults().fail();
            assertThatThrownBy(reader::get).hasRootCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void theStateIsReported() {
        JsonNode before = look("sics");
        var client = readyToRead();
        client.publish("r", "k", "x");
        client.publish("none", "k", "x");
        client.consume("r", "none", 0, 1);

        JsonNode after = look("sics");
        assertThat(after.get("virtualRouters")).isEqualTo(Web.MAPPER.readTree("[\"r\"]"));
        assertThat(after.get("targets")).isEqualTo(Web.MAPPER.readTree("{\"t\":1}"));
        assertThat(difference("sessionsOpened", before, after)).isEqualTo(1);
        assertThat(difference("publishes", before, after)).as("accepted ones").isEqualTo(1);
        assertThat(difference("consumes", before, after)).isEqualTo(1);

        order("sics/sessions/end", Map.of());
        assertThat(client.createRouter("r2").status()).isEqualTo(401);
        order("sics/restart", Map.of());
        assertThat(look("sics").get("targets").isEmpty()).isTrue();
    }

    @Test
    void anUnknownPublishFaultIsRefused() {
        Web.Reply reply = web.postJson(simulator.httpUrl() + "/simulator/sics/publish-faults", Map.of(),
                Map.of("fault", "FIRE"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("FIRE", "SESSIONS_END");
    }

    private SicsClient readyToRead() {
        var client = new SicsClient(simulator);
        client.createRouter("r");
        client.createTarget("t", "r", "k");
        return client;
    }

    private void logIn() throws IOException {
        web.attempt(
                Web.request(simulator.httpUrl() + "/Session", Map.of()).POST(BodyPublishers.ofString("{}")).build());
    }

    private static long difference(String name, JsonNode before, JsonNode after) {
        return after.get(name).longValue() - before.get(name).longValue();
    }

    private void order(String path, Object body) {
        Web.Reply reply = web.postJson(simulator.httpUrl() + "/simulator/" + path, Map.of(), body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    }

    private JsonNode look(String path) {
        return web.get(simulator.httpUrl() + "/simulator/" + path, Map.of()).json();
    }
}
