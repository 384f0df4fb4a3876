package io.acmpintune.engine.acmp.sics;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.yaml.snakeyaml.Yaml;

import io.acmpintune.runtime.startup.InvalidConfigurationException;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SicsDialectTest {

    private static final ReplyTarget TARGET = new ReplyTarget("router", "target");

    @Test
    void theStandardDialectSaysWhatIsAttested() {
        SicsDialect dialect = SicsDialect.standard();
        assertThat(dialect.request(SicsCall.PUBLISH, values())).isEqualTo(new SicsRequest(HttpMethod.POST, "/Publish",
                Map.of("Body", "body", "Routing_Key", "routing-key", "VirtualRouter", "router", "ExchangeType",
                        "ROUTING",
                        "Callback_VirtualRouter", "callback-virtual-router", "Callback_Routing_Key",
                        "callback-routing-key")));
        assertThat(dialect.request(SicsCall.OPEN_SESSION, values()))
                .isEqualTo(new SicsRequest(HttpMethod.POST, "/Session",
                        Map.of("UserName", "user-name", "Password", "password")));
        assertThat(dialect.request(SicsCall.DELETE_TARGET, values()))
                .isEqualTo(new SicsRequest(HttpMethod.DELETE, "/Target/target", Map.of()));
        assertThat(dialect.session())
                .isEqualTo(new SicsDialect.Session("X-SICS-SESSION", "Session", Duration.ofSeconds(60),
                        Duration.ofSeconds(10)));
    }

    @Test
    void theStandardDialectSaysWhatIsAssumed() {
        SicsDialect dialect = SicsDialect.standard();
        assertThat(dialect.request(SicsCall.CREATE_TARGET, values()))
                .isEqualTo(new SicsRequest(HttpMethod.POST, "/Target",
                        Map.of("TargetName", "target", "VirtualRouter", "router", "TargetType", "Queue", "Routing_Keys",
                                List.of("target"))));
        assertThat(dialect.request(SicsCall.CONSUME, values())).isEqualTo(new SicsRequest(HttpMethod.POST, "/Consume",
                Map.of("VirtualRouter", "router", "TargetName", "target", "WaitForMessage", true, "WaitTimeout", 1000L,
                        "AckMessageCount", 0, "ResultMessageCount", 1)));
    }

    @Test
    void anotherDialectIsSpokenAsItsFileSays() throws IOException {
        SicsDialect dialect = read(standard().replace("path: /Target/{target}", "path: /v2/routers/{target}/delete")
                .replace("method: DELETE", "method: POST")
                .replace("ExchangeType: ROUTING", "Exchange: direct, Durable: false, Copies: 2")
                .replace("Routing_Key,", "RoutingKey,")
                .replace("routing-key: Routing_Key", "routing-key: RoutingKey"));
        assertThat(dialect.request(SicsCall.DELETE_TARGET, values()))
                .isEqualTo(new SicsRequest(HttpMethod.POST, "/v2/routers/target/delete", Map.of()));
        assertThat(dialect.request(SicsCall.PUBLISH, values()).body()).containsEntry("Exchange", "direct")
                .containsEntry("Durable", false)
                .containsEntry("Copies", 2)
                .containsEntry("RoutingKey", "routing-key");
    }

    @Test
    void aNameInAPathIsEncoded() {
        Map<SicsCall.Parameter, Object> values = values();
        values.put(SicsCall.Parameter.TARGET, "a/b ?");
        assertThat(SicsDialect.standard().request(SicsCall.DELETE_TARGET, values).path())
                .isEqualTo("/Target/a%2Fb%20%3F");
    }

    @Test
    void everyMissingKeyIsNamed() throws IOException {
        List<String> keys = new ArrayList<>();
        collect(new Yaml().load(standard()), "", keys);
        assertThat(keys).hasSizeGreaterThan(50);
        for (String key : keys) {
            Map<String, Object> file = new Yaml().load(standard());
            remove(file, List.of(key.split("\\.", -1)));
            assertThatExceptionOfType(InvalidConfigurationException.class).isThrownBy(() -> read(new Yaml().dump(file)))
                    .withMessage("acmp.sics.dialect: the file my-dialect.yml lacks the key '" + key
                            + "'. Add it; the dialect file that comes with the product shows it.");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            path: /Publish                | path: Publish                   | 'calls.publish.path' that is 'Publish'. Let it start with a slash
            path: /Publish                | path: /Publish/{target}         | placeholder
            path: /Publish                | path: /Pub lish                 | character
            method: DELETE                | method: REMOVE                  | calls.delete-virtual-router.method' that is 'REMOVE'. Use one of [DELETE
            body: Body                    | body: Body\\n      Body: body   | calls.publish.fields.Body' that is unknown
            body: Body                    | body: 7                         | calls.publish.fields.body' that holds no text
            body: Body                    | body: ''                        | calls.publish.fields.body' that holds no text
            token: Session                | token: Session\\n  tokens: x    | 'session.tokens' that is unknown. Remove it, or correct it to one of [header, lifetime
            lifetime: 60s                 | lifetime: 60                    | 'session.lifetime' that is 60 of an unknown unit. Write the unit as well, such as 60s
            lifetime: 60s                 | lifetime: soon                  | 'session.lifetime' that is 'soon'
            lifetime: 60s                 | lifetime: -60s                  | 'session.lifetime' that is '-60s'
            renewal-margin: 10s           | renewal-margin: 60s             | 'session.renewal-margin' that is not shorter
            header: X-SICS-SESSION        | header: 'X SICS'                | 'session.header' that is 'X SICS'
            statuses: [404]               | statuses: 404                   | 'answer.not-found.statuses' that is no list of numbers
            statuses: [404]               | statuses: [not found]           | 'answer.not-found.statuses' that is no list of numbers
            ExchangeType: ROUTING         | ExchangeType:                   | 'calls.publish.fixed.ExchangeType' that has no value
            token: Session                | token: [                        | is not readable as YAML
            token: Session                | token: Session\\n  token: Again | duplicate key token
            """)
    void aWrongValueIsNamedWithFileKeyAndRemedy(String right, String wrong, String message) throws IOException {
        String text = standard();
        assertThat(text).contains(right);
        String spoilt = text.replaceFirst(Pattern.quote(right), wrong.replace("\\n", "\n"));
        assertThatExceptionOfType(InvalidConfigurationException.class).isThrownBy(() -> read(spoilt))
                .withMessageContaining("my-dialect.yml")
                .withMessageContaining(message);
    }

    @Test
    void everyFaultIsReportedAtOnce() throws IOException {
        String wrong = standard().replace("path: /Publish", "path: Publish")
                .replace("lifetime: 60s", "lifetime: 0")
                .replace("token: Session", "tokens: Session")
                .replace("statuses: [404]", "statuses: 404");
        assertThatExceptionOfType(InvalidConfigurationException.class).isThrownBy(() -> read(wrong))
                .satisfies(failure -> assertThat(failure.faults()).hasSize(5))
                .withMessageContainingAll("'calls.publish.path'", "'session.token'", "'session.tokens'",
                        "'session.lifetime'", "'answer.not-found.statuses'");
    }

    @Test
    void aFileThatIsNoMappingIsRefused() {
        for (String text : List.of("", "hello", "[1]", "calls: 7", "!!javax.script.ScriptEngineManager {}")) {
            assertThatExceptionOfType(InvalidConfigurationException.class).as(text)
                    .isThrownBy(() -> read(text))
                    .withMessageContaining("my-dialect.yml");
        }
    }

    private static void collect(Object value, String path, List<String> keys) {
        if (value instanceof Map<?, ?> map && !path.endsWith("fixed.")) {
            map.forEach((key, inner) -> {
                keys.add(path + key);
                collect(inner, path + key + ".", keys);
            });
        }
    }

    private static void remove(Object file, List<String> key) {
        if (file instanceof Map<?, ?> map) {
            if (key.size() == 1) {
                map.remove(key.getFirst());
            } else {
                remove(Objects.requireNonNull(map.get(key.getFirst())), key.subList(1, key.size()));
            }
        }
    }

    private static SicsDialect read(String text) {
        return SicsDialect.read("my-dialect.yml", new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private static String standard() throws IOException {
        try (InputStream file = Objects
                .requireNonNull(SicsDialectTest.class.getResourceAsStream("/sics-dialect.yml"))) {
            return new String(file.readAllBytes(), UTF_8);
        }
    }

    private static Map<SicsCall.Parameter, Object> values() {
        Map<SicsCall.Parameter, Object> values = new EnumMap<>(SicsCall.Parameter.class);
        for (SicsCall.Parameter parameter : SicsCall.Parameter.values()) {
            values.put(parameter, parameter.key());
        }
        values.put(SicsCall.Parameter.VIRTUAL_ROUTER, TARGET.virtualRouter());
        values.put(SicsCall.Parameter.ROUTING_KEYS, List.of(TARGET.name()));
        values.put(SicsCall.Parameter.WAIT_TIMEOUT, 1000L);
        return values;
    }
}
