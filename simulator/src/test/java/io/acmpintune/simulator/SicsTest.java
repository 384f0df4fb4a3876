package io.acmpintune.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SicsTest {

    private final TestClock clock = new TestClock();
    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDevices(0).withClock(clock));

    SicsTest() throws IOException {}

    @AfterEach
    void restart() {
        simulator.sics().restart();
    }

    @AfterAll
    void stop() throws IOException {
        simulator.close();
    }

    @Test
    void aWrongPasswordIsRefused() {
        var client = new SicsClient(simulator);
        assertRefused(client.login("ACMP", "wrong"), 401, 15);
        assertRefused(client.login("someone", simulator.access().sicsPassword()), 401, 15);
        assertRefused(client.post("/Session", Map.of("UserName", "ACMP")), 400, 35);
    }

    @Test
    void everyCallNeedsASession() {
        var web = Web.plain();
        for (Map<String, String> headers : List.of(Map.<String, String>of(), Map.of("X-SICS-SESSION", "made-up"))) {
            for (String path : List.of("/VirtualRouter", "/Target", "/Publish", "/Consume")) {
                assertRefused(web.postJson(simulator.httpUrl() + path, headers, Map.of()), 401, 7);
            }
            assertRefused(web.delete(simulator.httpUrl() + "/Target/x", headers), 401, 7);
        }
    }

    @Test
    void aSessionEndsAMinuteAfterItsLastUse() {
        var client = new SicsClient(simulator);
        clock.advance(Duration.ofSeconds(59));
        assertThat(client.createRouter("r").status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(59));
        assertThat(client.createRouter("r").status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(60));
        assertRefused(client.createRouter("r"), 401, 7);
    }

    @Test
    void sessionsCanEndAtAnyTime() {
        var client = new SicsClient(simulator);
        simulator.sics().endSessions();
        assertRefused(client.createRouter("r"), 401, 7);
    }

    @Test
    void aMessageReachesTheTargetsOfItsRouterAndKeyAndIsReadOnce() {
        var client = new SicsClient(simulator);
        client.createRouter("r");
        client.createRouter("other");
        client.createTarget("one", "r", "k");
        client.createTarget("two", "r", "k");
        client.createTarget("another-key", "r", "l");
        client.createTarget("another-router", "other", "k");
        assertThat(client.publish("r", "k", "hällo 📱").json().get("ErrorCode").intValue()).isZero();

        assertThat(SicsClient.texts(client.consume("r", "one", 0, 1))).containsExactly("hällo 📱");
        assertThat(SicsClient.texts(client.consume("r", "one", 0, 1))).isEmpty();
        assertThat(SicsClient.texts(client.consume("r", "two", 0, 5))).containsExactly("hällo 📱");
        assertThat(simulator.sics().broker().waiting("another-key")).isZero();
        assertThat(simulator.sics().broker().waiting("another-router")).isZero();
    }

    @Test
    void aReaderWaitsForAMessage() {
        var client = new SicsClient(simulator);
        client.createRouter("r");
        client.createTarget("t", "r", "k");
        CompletableFuture<List<String>> reader = CompletableFuture
                .supplyAsync(() -> SicsClient.texts(client.consume("r", "t", 60_000, 1)));
        client.publish("r", "k", "late");
        assertThat(reader.join()).containsExactly("late");
        assertThat(SicsClient.texts(client.consume("r", "t", 50, 1))).as("nothing came in time").isEmpty();
    }

    @Test
    void aMessageWithoutListenersIsLost() {
        var client = new SicsClient(simulator);
        client.createRouter("r");
        assertThat(client.publish("r", "k", "lost").status()).isEqualTo(200);
        client.createTarget("t", "r", "k");
        assertThat(SicsClient.texts(client.consume("r", "t", 0, 1))).isEmpty();
    }

    @Test
    void aRestartRemovesEverythingExceptParticipants() {
        var client = new SicsClient(simulator);
        client.createRouter("r");
        client.createTarget("t", "r", "k");
        client.publish("r", "k", "gone");
        simulator.sics().restart();

        assertRefused(client.createRouter("r"), 401, 7);
        var again = new SicsClient(simulator);
        assertRefused(again.consume("r", "t", 0, 1), 404, 30);
        assertRefused(again.publish("r", "k", "x"), 404, 30);
        Map<String, Object> unanswered = SicsClient.publication("acmp", "acmp", "x");
        unanswered.put("Callback_VirtualRouter", "");
        assertThat(again.post("/Publish", unanswered).status()).isEqualTo(200);
    }

    @Test
    void creatingIsIdempotent() {
        var client = new SicsClient(simulator);
        for (int i = 0; i < 2; i++) {
            assertThat(client.createRouter("r").json().get("ErrorCode").intValue()).isZero();
            assertThat(client.createTarget("t", "r", "k").json().get("ErrorCode").intValue()).isZero();
        }
        client.publish("r", "k", "once");
        assertThat(SicsClient.texts(client.consume("r", "t", 0, 5))).containsExactly("once");
        client.createRouter("r2");
        assertRefused(client.createTarget("t", "r2", "k"), 400, 35);
    }

    @Test
    void missingRoutersAndTargetsAreNotFound() {
        var client = new SicsClient(simulator);
        client.createRouter("r");
        client.createTarget("t", "r", "k");
        client.createRouter("r2");
        assertRefused(client.createTarget("t2", "none", "k"), 404, 30);
        assertRefused(client.publish("none", "k", "x"), 404, 30);
        assertRefused(client.consume("r", "none", 0, 1), 404, 30);
        assertRefused(client.consume("r2", "t", 0, 1), 404, 30);
        assertRefused(client.delete("/Target/none"), 404, 30);
        assertRefused(client.delete("/VirtualRouter/none"), 404, 30);
        assertRefused(client.post("/Target/t/peek", Map.of()), 404, 30);
    }

    @Test
    void deletingARouterDeletesItsTargets() {
        var client = new SicsClient(simulator);
        client.createRouter("r {1}");
        client.createTarget("t/1", "r {1}", "k");
        client.createTarget("t2", "r {1}", "k");
        assertThat(client.delete("/Target/" + Web.encode("t/1")).status()).isEqualTo(200);
        assertRefused(client.consume("r {1}", "t/1", 0, 1), 404, 30);
        assertThat(client.delete("/VirtualRouter/" + Web.encode("r {1}")).status()).isEqualTo(200);
        assertRefused(client.consume("r {1}", "t2", 0, 1), 404, 30);
        assertThat(simulator.sics().broker().targets()).isEmpty();
    }

    @Test
    void aPublicationMustBeBase64WithRoutingExchange() {
        var client = new SicsClient(simulator);
        client.createRouter("r");
        for (Map.Entry<String, Object> wrong : List.<Map.Entry<String, Object>>of(Map.entry("Body", "<ICQL/>"),
                Map.entry("Body", ""), Map.entry("Body", 7), Map.entry("ExchangeType", "FANOUT"),
                Map.entry("Routing_Key", ""))) {
            Map<String, Object> body = SicsClient.publication("r", "k", "x");
            body.put(wrong.getKey(), wrong.getValue());
            assertRefused(client.post("/Publish", body), 400, 35);
        }
    }

    @Test
    void acmpRepliesToTheCallbackAddress() {
        String reply = SicsClient.withReplyTarget(simulator)
                .ask("""
                        <ICQL><ACMP><GetCommandVersions version="1"><TGetCommandVersionsRequest_V1><Commands>
                        <string>SaveClients</string></Commands></TGetCommandVersionsRequest_V1></GetCommandVersions></ACMP></ICQL>""");
        assertThat(reply).contains("<CommandName>SaveClients</CommandName><Versions>1</Versions>");
        assertThat(simulator.acmp("ACMP-1").commandsReceived("GetCommandVersions")).isEqualTo(1);
    }

    @Test
    void requestsThatLackAFieldAreRefused() {
        var client = new SicsClient(simulator);
        client.createRouter("r");
        assertRefused(client.post("/VirtualRouter", Map.of("Name", "r")), 400, 35);
        assertRefused(client.post("/Target", Map.of("TargetName", "t")), 400, 35);
        assertRefused(client.post("/Target",
                Map.of("TargetName", "t", "VirtualRouter", "r", "TargetType", "Topic", "Routing_Keys", List.of("k"))),
                400, 35);
        assertRefused(client.post("/Consume", Map.of("VirtualRouter", "r", "TargetName", "t", "WaitForMessage", true)),
                400,
                35);
    }

    @Test
    void aMethodThatARouteDoesNotHaveIsRefused() {
        assertRefused(Web.plain().get(simulator.httpUrl() + "/Session", Map.of()), 405, 35);
    }

    private static void assertRefused(Web.Reply reply, int status, int code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().get("ErrorCode").intValue()).isEqualTo(code);
        assertThat(reply.json().get("Result").stringValue()).isNotEmpty();
    }
}
