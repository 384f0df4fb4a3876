package io.acmpintune.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A client of SICS with its own session and a target for replies from ACMP. */
final class SicsClient {

    private final Simulator simulator;
    private final Web web = Web.plain();
    private final Map<String, String> session;

    SicsClient(Simulator simulator) {
        this.simulator = simulator;
        this.session = Map.of("X-SICS-SESSION",
                login(simulator.access().sicsUser(), simulator.access().sicsPassword()).json()
                        .get("Session")
                        .stringValue());
    }

    static SicsClient withReplyTarget(Simulator simulator) {
        var client = new SicsClient(simulator);
        assertThat(client.createRouter("replies").status()).isEqualTo(200);
        assertThat(client.createTarget("replies", "replies", "replies").status()).isEqualTo(200);
        return client;
    }

    Web.Reply login(String user, String password) {
        return web.postJson(simulator.httpUrl() + "/Session", Map.of(), Map.of("UserName", user, "Password", password));
    }

    Web.Reply post(String path, Map<String, ?> body) {
        return web.postJson(simulator.httpUrl() + path, session, body);
    }

    Web.Reply delete(String path) {
        return web.delete(simulator.httpUrl() + path, session);
    }

    Web.Reply createRouter(String name) {
        return post("/VirtualRouter", Map.of("VirtualRouterName", name));
    }

    Web.Reply createTarget(String name, String router, String key) {
        return post("/Target",
                Map.of("TargetName", name, "VirtualRouter", router, "TargetType", "Queue", "Routing_Keys",
                        List.of(key)));
    }

    static Map<String, Object> publication(String router, String key, String text) {
        var body = new HashMap<String, Object>();
        body.put("Body", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        body.put("VirtualRouter", router);
        body.put("Routing_Key", key);
        body.put("ExchangeType", "ROUTING");
        body.put("Callback_VirtualRouter", "replies");
        body.put("Callback_Routing_Key", "replies");
        return body;
    }

    Web.Reply publish(String router, String key, String text) {
        return post("/Publish", publication(router, key, text));
    }

    Web.Reply consume(String router, String target, int waitMillis, int count) {
        return post("/Consume",
                Map.of("VirtualRouter", router, "TargetName", target, "WaitForMessage", true, "WaitTimeout",
                        waitMillis, "AckMessageCount", 0, "ResultMessageCount", count));
    }

    /** Consumes messages and returns their texts. */
    static List<String> texts(Web.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().get("ErrorCode").intValue()).isZero();
        assertThat(reply.json().get("AckMessages").isEmpty()).isTrue();
        return reply.json()
                .get("ResultMessages")
                .valueStream()
                .map(JsonNode::stringValue)
                .map(SicsClient::decoded)
                .toList();
    }

    /** Sends ICQL to the server ACMP-1 and waits for its reply. */
    String ask(String icql) {
        assertThat(publish("acmp", "acmp", icql).status()).isEqualTo(200);
        return texts(consume("replies", "replies", 60_000, 1)).getFirst();
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
