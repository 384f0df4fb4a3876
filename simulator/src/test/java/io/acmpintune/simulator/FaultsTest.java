package io.acmpintune.simulator;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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

    private static final String ID = "0b7d1e34-6a9f-4e6f-b7aa-0c6d7c1b2a05";

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDevices(6));
    private final GraphClient graph = new GraphClient(simulator);

    FaultsTest() throws IOException {}

    @AfterAll
    void stop() throws IOException {
        simulator.close();
    }

    @Test
    void anInjectedResponseAppliesToTheNextRequestsOnly() {
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
    void faultsHappenInTheOrderOfInjection() {
        simulator.faults().next(LIST, 1, new Fault.Reply(500, Map.of(), ""));
        simulator.faults().next(LIST, 1, new Fault.Reply(429, Map.of(), ""));
        assertThat(graph.get(DEVICES).status()).isEqualTo(500);
        assertThat(graph.get(DEVICES).status()).isEqualTo(429);
    }

    @Test
    void aConnectionCanEndBeforeOrAfterTheExecution() {
        String id = simulator.tenant().ids().getFirst();
        simulator.faults().next(SYNC, 1, new Fault.DropBefore());
        assertThatThrownBy(() -> sync(id)).isInstanceOf(IOException.class);
        assertThat(simulator.tenant().syncCommands(id)).isZero();
        simulator.faults().next(SYNC, 1, new Fault.DropAfter());
        assertThatThrownBy(() -> sync(id)).isInstanceOf(IOException.class);
        assertThat(simulator.tenant().syncCommands(id)).isEqualTo(1);
    }

    @Test
    void aConnectionCanBeResetBeforeOrAfterTheExecution() throws IOException {
        int before = simulator.tenant().syncCommands(ID);
        simulator.faults().next(SYNC, 1, new Fault.ResetBefore());
        assertThatThrownBy(this::rawSync).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        assertThat(simulator.tenant().syncCommands(ID)).isEqualTo(before);
        simulator.faults().next(SYNC, 1, new Fault.ResetAfter());
        assertThatThrownBy(this::rawSync).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        assertThat(simulator.tenant().syncCommands(ID)).isEqualTo(before + 1);
        simulator.faults().next(SYNC, 1, new Fault.DropAfter());
        assertThat(rawSync()).as("an orderly end is none").isEqualTo(-1);
    }

    @Test
    void aGatewayCanTimeOutAfterTheExecution() throws IOException {
        int before = simulator.tenant().syncCommands(ID);
        simulator.faults().next(SYNC, 1, new Fault.ReplyAfter(Fault.gateway(504)));
        Web.Reply reply = graph.sync(ID);
        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.header("Content-Type")).isEqualTo("text/html");
        assertThat(reply.text()).contains("<h1>504 Gateway Timeout</h1>");
        assertThat(simulator.tenant().syncCommands(ID)).isEqualTo(before + 1);

        simulator.faults().next(SYNC, 1, Fault.gateway(502));
        assertThat(graph.sync(ID).text()).contains("502 Bad Gateway");
        simulator.faults().next(SYNC, 1, Fault.gateway(503));
        assertThat(graph.sync(ID).status()).isEqualTo(503);
        assertThat(simulator.tenant().syncCommands(ID)).as("these did nothing").isEqualTo(before + 1);
        assertThatThrownBy(() -> Fault.gateway(500)).hasMessageContaining("500");
    }

    @Test
    void aBodyCanBeCutShortOrHalvedSilently() {
        String whole = graph.get(DEVICES).text();
        simulator.faults().next(LIST, 1, new Fault.CutShort());
        assertThatThrownBy(() -> Web.plain()
                .attempt(Web.request(simulator.httpUrl() + "/v1.0" + DEVICES, graph.bearer()).build()))
                .isInstanceOf(IOException.class);
        simulator.faults().next(LIST, 1, new Fault.Halve());
        Web.Reply half = graph.get(DEVICES);
        assertThat(half.status()).isEqualTo(200);
        assertThat(half.text()).isNotEmpty().hasSizeLessThan(whole.length());
        assertThat(whole).startsWith(half.text());
        assertThat(graph.get(DEVICES).text()).isEqualTo(whole);
    }

    @Test
    void aResponseCanHangUntilItIsReleased() throws Exception {
        int before = simulator.tenant().syncCommands(ID);
        simulator.faults().next(SYNC, 1, new Fault.HangAfter());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Web.Reply> waiting = threads.submit(() -> graph.sync(ID));
            hanging(1);
            assertThat(simulator.tenant().syncCommands(ID)).as("it is done").isEqualTo(before + 1);
            assertThat(waiting.isDone()).isFalse();
            simulator.faults().release();
            assertThat(waiting.get().status()).isEqualTo(204);
        }
        hanging(0);
    }

    @Test
    void aHangingResponseEndsWithItsConnection() throws IOException {
        int before = simulator.tenant().syncCommands(ID);
        simulator.faults().next(SYNC, 1, new Fault.HangAfter());
        try (Socket dying = requested()) {
            hanging(1);
            assertThat(dying.isConnected()).isTrue();
        }
        hanging(0);
        assertThat(simulator.tenant().syncCommands(ID)).isEqualTo(before + 1);
        assertThat(graph.sync(ID).status()).isEqualTo(204);
    }

    @Test
    void aResponseCanBeLate() {
        simulator.faults().next(LIST, 1, new Fault.Delay(Duration.ofMillis(200)));
        long started = System.nanoTime();
        assertThat(graph.get(DEVICES).status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aFaultCanFollowUnaffectedRequests() {
        simulator.faults().after(LIST, 2, Fault.gateway(503));
        assertThat(graph.get(DEVICES).status()).isEqualTo(200);
        assertThat(graph.get(DEVICES).status()).isEqualTo(200);
        assertThat(graph.get(DEVICES).status()).isEqualTo(503);
        assertThat(graph.get(DEVICES).status()).isEqualTo(200);
    }

    @Test
    void faultsCanBeCleared() {
        simulator.faults().next(LIST, 5, Fault.gateway(503));
        simulator.faults().clear();
        assertThat(simulator.faults().pending(LIST)).isZero();
        assertThat(graph.get(DEVICES).status()).isEqualTo(200);
    }

    @Test
    void anUnknownRouteIsRefusedWithTheListOfRoutes() {
        assertThatThrownBy(() -> simulator.faults().next("GET /nowhere", 1, new Fault.DropBefore()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GET /nowhere")
                .hasMessageContaining("POST /Consume");
    }

    /** Sends a request on its own connection and returns the first byte of the response, or -1 at the end. */
    private int rawSync() throws IOException {
        try (Socket socket = requested()) {
            return socket.getInputStream().read();
        }
    }

    private Socket requested() throws IOException {
        URI address = URI.create(simulator.httpUrl());
        var socket = new Socket(address.getHost(), address.getPort());
        String request = """
                POST /v1.0%s/%s/syncDevice HTTP/1.1\r
                Host: %s\r
                Authorization: %s\r
                Content-Length: 0\r
                \r
                """.formatted(DEVICES, ID, address.getAuthority(), graph.bearer().get("Authorization"));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void hanging(int number) {
        Instant deadline = Instant.now().plusSeconds(10);
        while (simulator.faults().hanging() != number) {
            assertThat(Instant.now()).as("%d requests should hang", number).isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    private void sync(String id) throws IOException {
        Web.plain()
                .attempt(Web.request(simulator.httpUrl() + "/v1.0" + DEVICES + "/" + id + "/syncDevice", graph.bearer())
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build());
    }
}
