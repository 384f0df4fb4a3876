package io.acmpintune.engine.webhook;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.runtime.startup.InvalidConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebhookReaderTest {

    private static final String SECRET = "canary-webhook-secret-0123456789abcdef";
    private static final String URL = "https://chat.example/hooks/canary";

    @Test
    void aWebhookThatNamesNoEventsGetsAll() {
        Webhook read = read(new WebhookProperties(URL, SECRET, null, null, false));

        assertThat(read.events()).isEqualTo(EnumSet.allOf(WebhookEventType.class));
        assertThat(read).hasToString("chat");
    }

    @Test
    void aWebhookGetsTheEventsThatItNames() {
        assertThat(
                read(new WebhookProperties(URL, SECRET, null, List.of("cap-reached", "Job-Finished"), false)).events())
                .containsExactlyInAnyOrder(WebhookEventType.CAP_REACHED, WebhookEventType.JOB_FINISHED);
    }

    @Test
    void httpIsTakenWhereItIsAllowed() {
        assertThat(read(new WebhookProperties("http://chat.example/", SECRET, "own", null, true)).url())
                .hasToString("http://chat.example/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            none                     | none  | cap-reached | .url: is missing
            http://chat.example/     | none  | cap-reached | .url: http would send events unencrypted
            ftp://chat.example/      | none  | cap-reached | .url: is not an https address
            https:///canary          | none  | cap-reached | .url: is not an https address
            https://canary:x@chat/   | none  | cap-reached | .url: is not an https address
            https://chat example     | none  | cap-reached | .url: is not an address
            https://chat.example/    | other | cap-reached | .ssl-bundle: there is no SSL bundle named other
            https://chat.example/    | none  | cap-broken  | .events: 'cap-broken' is not an event. Use any of job-finished
            """)
    void whatIsWrongIsNamedTogetherWithTheSecretThatIsTooShort(String url, String bundle, String event,
            String message) {
        assertThatThrownBy(() -> read(new WebhookProperties(url, "canary", bundle, List.of(event), false)))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("engine.webhooks.chat" + message)
                .hasMessageContaining("engine.webhooks.chat.secret: the secret has 6 characters")
                .hasMessageNotContaining("canary");
    }

    private static Webhook read(WebhookProperties properties) {
        return WebhookReader.read(Map.of("chat", properties), Set.of("own")).getFirst();
    }
}
