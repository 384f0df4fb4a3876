package io.acmpintune.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.runtime.database.TestDatabase;
import io.acmpintune.runtime.fixture.UnreachableAddress;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The message that an operator reads when the service does not start. */
@Isolated("reads what is printed")
@ExtendWith(OutputCaptureExtension.class)
class WrongConfigurationTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String WORKFLOW = "acmp.workflows." + TestWorkflows.NAME + ".";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            engine.api.tokens           |              | engine.api.tokens: no token is set             | Set at least one random text
            engine.api.tokens           | short        | engine.api.tokens[0]: the token has 5 characters | Set a random text
            acmp.sics.password          |              | acmp.sics.password: is missing                 | best from a secret file
            acmp.sics.url               | http://sics  | acmp.sics.url: http would send the password in clear | acmp.sics.allow-unencrypted
            acmp.sics.ssl-bundle        | nobody       | acmp.sics.ssl-bundle: there is no SSL bundle named nobody | spring.ssl.bundle
            acmp.sics.dialect           | missing.yml  | acmp.sics.dialect: missing.yml cannot be read  | Name a file that exists
            acmp.workflows.IntuneMobileDevices_1.acmp-server-id | ACMP-9 | there is no ACMP server 'ACMP-9' in acmp.servers | Set one of ACMP-1, or * for all
            acmp.workflows.IntuneMobileDevices_1.connector-tokens.acting |  | acmp.workflows.IntuneMobileDevices_1.connector-tokens.acting: is missing | connector.api.tokens
            acmp.workflows.IntuneMobileDevices_1.connector-ssl-bundle | own | acmp.workflows.IntuneMobileDevices_1.connector-ssl-bundle: is set, but connector-url is no https address | leave the bundle out
            engine.persons[0].identities | anna        | engine.persons[0].identities: 'anna' is no identity | Begin it with token:
            acmp.workflows.IntuneMobileDevices_1.mapping | missing.yml | acmp.workflows.IntuneMobileDevices_1.mapping: missing.yml cannot be read | Name a file that exists
            acmp.workflows.IntuneMobileDevices_1.mapping | classpath:application.yml | classpath:application.yml, line 1: 'server' is no section of a mapping | Line 1: Use client and mobile-device
            acmp.workflows.IntuneMobileDevices_1.mapping | classpath:application.yml | classpath:application.yml, line 16: 'spring' is no section of a mapping | Line 16: Use client and mobile-device
            acmp.workflows.IntuneMobileDevices_1.matching.rules | own-link,pin,mac-address | acmp.workflows.IntuneMobileDevices_1.matching.rules: there is no rule 'mac-address' | serial-number
            """)
    void messageNamesKeyReasonAndRemedy(String key, String value, String reason, String remedy,
            CapturedOutput output) {
        Map<String, String> properties = validProperties();
        if (value == null) {
            properties.remove(key);
        } else {
            properties.put(key, value);
        }

        assertThatThrownBy(() -> start(properties)).hasRootCauseInstanceOf(InvalidConfigurationException.class);

        assertThat(output).contains("APPLICATION FAILED TO START")
                .contains("The configuration cannot be used:")
                .contains(reason)
                .contains(key)
                .contains("Correct it and start again:")
                .contains(remedy)
                .doesNotContain("canary");
    }

    @Test
    void violatedConstraintsAndFaultsAcrossPropertiesAreReportedAtOnce(CapturedOutput output) {
        Map<String, String> properties = validProperties();
        properties.put(WORKFLOW + "batch-size", "5000");
        properties.put(WORKFLOW + "acmp-server-id", "ACMP-9");
        properties.remove(WORKFLOW + "connector-tokens.lifting");

        assertThatThrownBy(() -> start(properties)).hasRootCauseInstanceOf(InvalidConfigurationException.class);

        assertThat(output).contains(WORKFLOW + "batch-size: 5000 is out of range",
                WORKFLOW + "batch-size: Set 1 to 1000, or leave the key out",
                WORKFLOW + "acmp-server-id: there is no ACMP server 'ACMP-9'",
                WORKFLOW + "connector-tokens.lifting: is missing")
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alerts.connection-broken-after  | 10s | PT10S is out of range | Set 1m to 24h, or leave the key out
            safety.caps.wipes-per-10m       | 501 | 501 is out of range   | Set 1 to 500, or leave the key out
            safety.approval.wipe-threshold  | -1  | -1 is out of range    | Set 0 to 500, or leave the key out
            """)
    void violatedConstraintsOfOneFeatureAreReportedAlike(String key, String value, String reason, String remedy,
            CapturedOutput output) {
        Map<String, String> properties = validProperties();
        properties.put(key, value);

        assertThatThrownBy(() -> start(properties)).hasRootCauseInstanceOf(BindValidationException.class);

        assertThat(output).contains("APPLICATION FAILED TO START", "The configuration cannot be used:",
                key + ": " + reason, "Correct it and start again:", key + ": " + remedy)
                .doesNotContain("canary");
    }

    @Test
    void unknownKeyIsNamed(CapturedOutput output) {
        Map<String, String> properties = validProperties();
        properties.put(WORKFLOW + "bach-size", "100");

        assertThatThrownBy(() -> start(properties)).isInstanceOf(RuntimeException.class);

        assertThat(output).contains("APPLICATION FAILED TO START").contains("bach-size").doesNotContain("canary");
    }

    @Test
    void aDatabaseThatCannotBeReachedIsReportedInOneMessage(CapturedOutput output) {
        Map<String, String> properties = validProperties();
        properties.put("spring.datasource.url",
                "jdbc:postgresql://" + UnreachableAddress.http().getAuthority() + "/acmp_intune?password=canary");

        assertDatabaseIsReported(properties, output, "/acmp_intune cannot be used: it cannot be reached.",
                "Start PostgreSQL, or correct host and port in spring.datasource.url, and start again.");
    }

    @Test
    void aWrongUserOfTheDatabaseIsReportedInOneMessage(CapturedOutput output) {
        Map<String, String> properties = validProperties();
        properties.put("spring.datasource.username", "nobody");
        properties.put("spring.datasource.password", "canary");

        assertDatabaseIsReported(properties, output, "it does not accept the user 'nobody' with this password.",
                "Correct spring.datasource.username and spring.datasource.password, and start again.");
    }

    @Test
    void aDatabaseThatIsMissingIsReportedInOneMessage(CapturedOutput output) {
        Map<String, String> properties = validProperties();
        properties.put("spring.datasource.url", DATABASE.url() + "_missing");

        assertDatabaseIsReported(properties, output, "the server has no such database.", "Create the database");
    }

    @Test
    void aUserOfTheDatabaseWithoutRightsIsReportedInOneMessage(CapturedOutput output) {
        TestDatabase fresh = TestDatabase.fresh();
        JdbcClient.create(fresh.dataSource("public"))
                .sql("create role without_rights login password 'canary'")
                .update();
        Map<String, String> properties = validProperties();
        properties.put("spring.datasource.url", fresh.url());
        properties.put("spring.datasource.username", "without_rights");
        properties.put("spring.datasource.password", "canary");

        assertDatabaseIsReported(properties, output,
                "the user 'without_rights' lacks a right: ERROR: permission denied",
                "Let the user create the service's schema");
    }

    private static void assertDatabaseIsReported(Map<String, String> properties, CapturedOutput output, String reason,
            String remedy) {
        assertThatThrownBy(() -> start(properties)).isInstanceOf(RuntimeException.class);

        assertThat(output).contains("APPLICATION FAILED TO START", "The database jdbc:postgresql://", reason, remedy)
                .doesNotContain("canary", "\tat ");
    }

    private static void start(Map<String, String> properties) {
        List<String> arguments = new ArrayList<>();
        properties.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        new SpringApplication(EngineApplication.class).run(arguments.toArray(String[]::new)).close();
    }

    private static Map<String, String> validProperties() {
        Map<String, String> properties = new HashMap<>(Map.ofEntries(Map.entry("server.port", "0"),
                Map.entry("spring.datasource.url", DATABASE.url()),
                Map.entry("spring.datasource.username", DATABASE.user()),
                Map.entry("spring.datasource.password", DATABASE.password()),
                Map.entry("engine.api.tokens", "canary-api-token-0123456789abcdef0123"),
                Map.entry("acmp.sics.url", "https://sics:3900"), Map.entry("acmp.sics.username", "acmp"),
                Map.entry("acmp.sics.password", "canary-password"),
                Map.entry("acmp.servers.ACMP-1.virtual-router", "acmp"),
                Map.entry("acmp.servers.ACMP-1.routing-key", "acmp"),
                Map.entry(WORKFLOW + "connector", "IntuneConnector_1"),
                Map.entry(WORKFLOW + "connector-url", "http://127.0.0.1:1")));
        TestWorkflows.TOKENS.forEach((name, token) -> properties.put(WORKFLOW + name, token));
        return properties;
    }
}
