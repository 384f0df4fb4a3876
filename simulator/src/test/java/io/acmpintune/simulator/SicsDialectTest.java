package io.acmpintune.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.simulator.sics.SicsDialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SicsDialectTest {

    /** A dialect that differs from the standard one in every respect. */
    private static final String OTHER = """
            calls:
              open-session:
                method: PUT
                path: /api/login
                fields: { user-name: user, password: secret }
                fixed: { client: connector }
              create-virtual-router:
                method: PUT
                path: /api/routers/{virtual-router}
                fields: {}
                fixed: {}
              create-target:
                method: PUT
                path: /api/routers/{virtual-router}/queues
                fields: { target: queue, routing-keys: keys }
                fixed: { kind: 3 }
              publish:
                method: POST
                path: /api/messages
                fields:
                  body: content
                  virtual-router: router
                  routing-key: key
                  callback-virtual-router: replyRouter
                  callback-routing-key: replyKey
                fixed: { mode: direct }
              consume:
                method: PATCH
                path: /api/queues/{target}
                fields: { virtual-router: router, wait-timeout: wait }
                fixed: { block: true, number: 1 }
              delete-virtual-router:
                method: DELETE
                path: /api/routers/{virtual-router}
                fields: {}
                fixed: {}
              delete-target:
                method: POST
                path: /api/queues/{target}/removal
                fields: {}
                fixed: {}
            session:
              header: Authorization-Token
              token: token
              lifetime: 60s
              renewal-margin: 10s
            answer:
              error-code: code
              text: words
              messages: items
              session-refused: { statuses: [403], error-codes: [107] }
              wrong-credentials: { statuses: [], error-codes: [115] }
              not-found: { statuses: [410], error-codes: [] }
            """;

    private final Web web = Web.plain();

    @Test
    void anotherDialectIsUsedThroughout() throws IOException {
        try (Simulator simulator = start(OTHER)) {
            String url = simulator.httpUrl() + "/api";
            Web.Reply login = send(url + "/login", "PUT", Map.of(), login(simulator, "connector"));
            Map<String, String> session = Map.of("Authorization-Token", login.json().get("token").stringValue());

            assertDone(send(url + "/routers/r", "PUT", session, Map.of()));
            assertDone(send(url + "/routers/r/queues", "PUT", session,
                    Map.of("queue", "q", "keys", List.of("k"), "kind", 3)));
            assertDone(send(url + "/messages", "POST", session,
                    Map.of("content", base64("hello"), "router", "r", "key", "k", "mode", "direct")));
            Web.Reply read = send(url + "/queues/q", "PATCH", session,
                    Map.of("router", "r", "wait", 0, "block", true, "number", 1));
            assertThat(read.json().get("items").get(0).stringValue()).isEqualTo(base64("hello"));
            assertDone(send(url + "/queues/q/removal", "POST", session, Map.of()));
            assertThat(simulator.sics().broker().targets()).isEmpty();
            assertDone(send(url + "/routers/r", "DELETE", session, Map.of()));
            assertThat(simulator.requests()).containsEntry("PUT /api/routers/{virtual-router}", 1L);
        }
    }

    @Test
    void refusalsAreInTheDialectToo() throws IOException {
        try (Simulator simulator = start(OTHER)) {
            String url = simulator.httpUrl() + "/api";
            assertRefused(send(url + "/routers/r", "PUT", Map.of("X-SICS-SESSION", "x"), Map.of()), 403, 107);
            var wrong = login(simulator, "connector");
            wrong.put("secret", "wrong");
            assertRefused(send(url + "/login", "PUT", Map.of(), wrong), 401, 115);
            Web.Reply login = send(url + "/login", "PUT", Map.of(), login(simulator, "connector"));
            Map<String, String> session = Map.of("Authorization-Token", login.json().get("token").stringValue());
            assertRefused(send(url + "/queues/q/removal", "POST", session, Map.of()), 410, -1);
        }
    }

    @Test
    void fixedValuesMustBeSent() throws IOException {
        try (Simulator simulator = start(OTHER)) {
            String url = simulator.httpUrl() + "/api/login";
            assertThat(send(url, "PUT", Map.of(), login(simulator, "someone")).text()).contains("client must be");
            var without = login(simulator, "connector");
            without.remove("client");
            assertRefused(send(url, "PUT", Map.of(), without), 400, 35);
        }
    }

    @Test
    void theStandardDialectIsRefusedThen() throws IOException {
        try (Simulator simulator = start(OTHER)) {
            for (String path : List.of("/Session", "/VirtualRouter", "/Target", "/Publish", "/Consume")) {
                assertThat(web.postJson(simulator.httpUrl() + path, Map.of(), Map.of()).status()).isEqualTo(404);
            }
            assertThat(send(simulator.httpUrl() + "/api/login", "POST", Map.of(), login(simulator, "connector"))
                    .status()).isEqualTo(405);
        }
    }

    @Test
    void theProgramAcceptsADialectFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("dialect.yml"), OTHER);
        SimulatorOptions options = SimulatorMain.options(new String[]{"--devices=0", "--sics-dialect=" + file});
        try (Simulator simulator = Simulator.start(options.withDirectory(directory))) {
            assertThat(
                    send(simulator.httpUrl() + "/api/login", "PUT", Map.of(), login(simulator, "connector")).status())
                    .isEqualTo(200);
        }
        assertThatThrownBy(() -> SimulatorMain.options(new String[]{"--sics-dialect=" + directory.resolve("none")}))
                .hasMessageContaining("none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            path: /api/login                       | path: login        | calls.open-session.path
            path: /api/login                       | other: /api/login  | calls.open-session.path
            password: secret                       | word: secret       | lacks password
            header: Authorization-Token            | header: 7          | session.header
            messages: items                        | others: items      | answer.messages
            calls:                                 | call:              | 'calls'
            calls:                                 | "[]: ["            | YAML
            """)
    void anIncompleteDialectIsRefusedWithTheMissingKey(String right, String wrong, String words) {
        assertThatThrownBy(() -> read(OTHER.replace(right, wrong))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    private static Simulator start(String dialect) throws IOException {
        return Simulator.start(SimulatorOptions.defaults().withDevices(0).withSicsDialect(read(dialect)));
    }

    private static SicsDialect read(String dialect) {
        return SicsDialect.read(new ByteArrayInputStream(dialect.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, Object> login(Simulator simulator, String client) {
        return new HashMap<>(Map.of("user", simulator.access().sicsUser(), "secret", simulator.access().sicsPassword(),
                "client", client));
    }

    private Web.Reply send(String url, String method, Map<String, String> headers, Object body) {
        return web.sendJson(method, url, headers, body);
    }

    private static void assertDone(Web.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().get("code").intValue()).isZero();
    }

    private static void assertRefused(Web.Reply reply, int status, int code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().get("code").intValue()).isEqualTo(code);
        assertThat(reply.json().get("words").stringValue()).isNotEmpty();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
