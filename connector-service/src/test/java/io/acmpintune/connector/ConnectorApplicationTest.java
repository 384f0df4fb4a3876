package io.acmpintune.connector;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.acmpintune.connector.fixture.TestCertificate;
import io.acmpintune.runtime.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A start with wrong configuration ends in one message that names the key and the remedy, and repeats no secret. */
@Isolated("reads what is printed")
@ExtendWith(OutputCaptureExtension.class)
class ConnectorApplicationTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String NAME = "--connector.api.tokens[0].name=engine";
    private static final String ROLE = "--connector.api.tokens[0].role=operator";
    private static final String TOKEN = "--connector.api.tokens[0].token=canary-token-0123456789abcdef0123";
    private static final List<String> CONNECTOR = List.of(key("tenant-id", "11111111-2222-4333-8444-555555555555"),
            key("client-id", "66666666-7777-4888-8999-aaaaaaaaaaaa"), key("authentication", "client-secret"),
            key("client-secret", "canary-secret"));

    @Test
    void withoutATokenForItsApi(CapturedOutput output) {
        assertStartFails(CONNECTOR);

        assertThat(output).contains("connector.api.tokens: no token is set")
                .contains("connector.api.tokens: Set at least one random text of 32 characters or more")
                .doesNotContain("canary");
    }

    @Test
    void withATokenForEverything(CapturedOutput output) {
        assertStartFails(CONNECTOR, "--connector.api.tokens[0]=canary-token-0123456789abcdef0123");

        assertThat(output).contains("connector.api.tokens[0]: the token has neither name nor role")
                .contains("viewer, operator, administrator, stopper, lifter")
                .doesNotContain("canary");
    }

    @Test
    void withATokenThatBothActsAndLifts(CapturedOutput output) {
        assertStartFails(CONNECTOR, NAME, "--connector.api.tokens[0].role=operator, lifter", TOKEN);

        assertThat(output).contains("connector.api.tokens[0].role: lifter stands beside another role")
                .contains("Give this role a token of its own")
                .doesNotContain("canary");
    }

    @Test
    void withAConnectorWithoutATenant(CapturedOutput output) {
        assertStartFails(CONNECTOR.subList(1, CONNECTOR.size()), NAME, ROLE, TOKEN);

        assertThat(output).contains("intune.connectors.IntuneConnector_1.tenant-id: is missing")
                .contains("intune.connectors.IntuneConnector_1.tenant-id: Set the Directory (tenant) ID")
                .doesNotContain("\tat ")
                .doesNotContain("canary");
    }

    @Test
    void withAWrongCertificatePassword(CapturedOutput output, @TempDir Path folder) {
        Path file = TestCertificate.rsa().write(folder.resolve("app.pfx"), "the right one");

        assertStartFails(CONNECTOR.subList(0, 2), NAME, ROLE, TOKEN, key("authentication", "certificate"),
                key("certificate", "file:" + file), key("certificate-password", "canary-password"));

        assertThat(output)
                .contains("intune.connectors.IntuneConnector_1.certificate-password: is not the password of " + file)
                .contains("Set the password that was used for the export")
                .doesNotContain("canary");
    }

    @Test
    void withAMistypedKeyOfASecret(CapturedOutput output) {
        assertStartFails(CONNECTOR, NAME, ROLE, TOKEN, key("client-secert", "canary-secret"));

        assertThat(output).contains("IntuneConnector_1.client-secert")
                .contains("there is no such key")
                .doesNotContain("canary");
    }

    private static void assertStartFails(List<String> connector, String... more) {
        List<String> arguments = new ArrayList<>(connector);
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--spring.datasource.url=" + DATABASE.url(),
                "--spring.datasource.username=" + DATABASE.user(),
                "--spring.datasource.password=" + DATABASE.password(),
                "--server.port=0", "--spring.main.banner-mode=off"));
        assertThatThrownBy(() -> {
            try (var _ = SpringApplication.run(ConnectorApplication.class, arguments.toArray(String[]::new))) {
                assertThat(connector).as("it must not have started").isNull();
            }
        }).isInstanceOf(Exception.class);
    }

    private static String key(String name, String value) {
        return "--intune.connectors.IntuneConnector_1." + name + "=" + value;
    }
}
