package io.acmpintune.connector.tenant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.acmpintune.connector.outbound.HttpProxy;
import io.acmpintune.model.ScanIntervals;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectorsTest {

    private static final String COMPLETE = """
            tenant-id: 11111111-2222-4333-8444-555555555555
            client-id: 66666666-7777-4888-8999-aaaaaaaaaaaa
            authentication: client-secret
            client-secret: canary-secret
            """;

    @TempDir static Path folder = Path.of("");

    @Test
    void aNameKeepsItsUnderscoreWrittenWithoutBrackets() {
        Connectors connectors = read(connector(COMPLETE));

        assertThat(connectors.names()).containsExactly("IntuneConnector_1");
        assertThat(connectors.find("IntuneConnector_1")).isPresent();
        assertThat(connectors.find("IntuneConnector1")).isEmpty();
    }

    @Test
    void missingKeysHaveSafeDefaults() {
        Connector connector = read(connector(COMPLETE)).all().getFirst();

        assertThat(connector.tenantId()).isEqualTo(UUID.fromString("11111111-2222-4333-8444-555555555555"));
        assertThat(connector.clientId()).isEqualTo(UUID.fromString("66666666-7777-4888-8999-aaaaaaaaaaaa"));
        assertThat(connector.credential()).isEqualTo(new Credential.ClientSecret("canary-secret"));
        assertThat(connector.endpoints()).isEqualTo(new Endpoints(URI.create("https://login.microsoftonline.com"),
                URI.create("https://graph.microsoft.com")));
        assertThat(connector.sslBundle()).isNull();
        assertThat(connector.scanner())
                .isEqualTo(new Connector.ScanSettings(
                        new ScanIntervals(Duration.ofMinutes(15), Duration.ofHours(24)), 1_000, DeviceFilter.NONE,
                        false));
        assertThat(connector.followUp())
                .isEqualTo(new Connector.FollowUp(Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofDays(30)));
        assertThat(connector.actions()).isEqualTo(
                new Connector.ActionSettings(EnumSet.allOf(ActionKind.class), Duration.ofDays(1), 500, 1_000));
        assertThat(connector.limits()).isEqualTo(new Connector.RateLimits(190, 1_900));
    }

    @Test
    void aProxyNeedsItsHostAndItsPort() {
        assertThat(faults(connector(COMPLETE + "proxy: { host: 'http://proxy:3128', password: canary-p }")))
                .extracting(ConfigurationFault::key)
                .containsExactly("intune.connectors.IntuneConnector_1.proxy.host",
                        "intune.connectors.IntuneConnector_1.proxy.port",
                        "intune.connectors.IntuneConnector_1.proxy.username");
        assertThat(read(connector(COMPLETE + "proxy: { host: proxy.example, port: 3128, username: u, password: p }"))
                .all()
                .getFirst()
                .proxy()).isEqualTo(new HttpProxy("proxy.example", 3128, "u", "p"));
    }

    @Test
    void faultsOfTheActionCredentialAreNamedByItsKeys() {
        Connector connector = read(connector(COMPLETE + """
                action-credential:
                  client-id: 99999999-7777-4888-8999-aaaaaaaaaaaa
                  authentication: client-secret
                  client-secret: canary-other
                """)).all().getFirst();

        assertThat(connector.forActions().clientId())
                .isEqualTo(UUID.fromString("99999999-7777-4888-8999-aaaaaaaaaaaa"));
        assertThat(connector.forActions().credential()).isEqualTo(new Credential.ClientSecret("canary-other"));
        assertThat(connector.clientId()).isEqualTo(UUID.fromString("66666666-7777-4888-8999-aaaaaaaaaaaa"));
        assertThat(faults(connector(COMPLETE + "action-credential: { authentication: client-secret }")))
                .extracting(ConfigurationFault::key)
                .containsExactly("intune.connectors.IntuneConnector_1.action-credential.client-id",
                        "intune.connectors.IntuneConnector_1.action-credential.client-secret");
        assertThat(faults(connector(COMPLETE + """
                action-credential:
                  client-id: 66666666-7777-4888-8999-aaaaaaaaaaaa
                  authentication: client-secret
                  client-secret: canary-other
                """))).singleElement().satisfies(fault -> assertThat(fault.reason()).contains("that reads devices"));
    }

    @Test
    void aClientSecretMayComeFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "canary-in-a-file\n");
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        String stored = COMPLETE.replaceFirst("client-secret: canary.*\n", "client-secret: file:%s\n");

        Connector connector = read(connector(stored.formatted(file) + "client-secret-expires: 2027-01-31")).all()
                .getFirst();
        assertThat(connector.credential()).isInstanceOfSatisfying(Credential.ClientSecret.class, secret -> {
            assertThat(secret.source()).isEqualTo(new SecretSource.InFile(file));
            assertThat(secret.expires()).isEqualTo(LocalDate.of(2027, 1, 31));
        });
        for (Path wrong : List.of(empty, folder.resolve("gone"))) {
            assertThat(faults(connector(stored.formatted(wrong)))).singleElement()
                    .satisfies(fault -> assertThat(fault.reason()).contains(wrong.toString()));
        }
    }

    @Test
    void limitsBelowIntunesAreAccepted() {
        assertThat(read(connector(COMPLETE + "limits: { writes-per-20s: 50, requests-per-20s: 2000 }")).all()
                .getFirst()
                .limits()).isEqualTo(new Connector.RateLimits(50, 2_000));
    }

    @Test
    void capsMayBeSetButNotAboveIntunesDailyLimits() {
        assertThat(read(connector(COMPLETE + "actions: { caps: { wipes-per-10m: 3, retires-per-day: 70 } }")).all()
                .getFirst()
                .actions()).satisfies(actions -> {
                    assertThat(actions.caps().wipes()).isEqualTo(new Connector.Cap(3, 50));
                    assertThat(actions.caps().retires()).isEqualTo(new Connector.Cap(10, 70));
                });
        assertThat(faults(connector(COMPLETE + "actions: { caps: { wipes-per-day: 501, retires-per-10m: 0 } }")))
                .extracting(fault -> fault.key() + " " + fault.remedy())
                .containsExactly(
                        "intune.connectors.IntuneConnector_1.actions.caps.retires-per-10m Set 1 to 1000, or leave the key out",
                        "intune.connectors.IntuneConnector_1.actions.caps.wipes-per-day Set 1 to 500, or leave the key out");
    }

    @Test
    void limitsAboveIntunesAreRejected() {
        assertThat(faults(connector(COMPLETE + "limits: { writes-per-20s: 201, requests-per-20s: 2001 }")))
                .satisfiesExactly(requests -> {
                    assertThat(requests.key()).isEqualTo("intune.connectors.IntuneConnector_1.limits.requests-per-20s");
                    assertThat(requests.reason()).contains("2001 is more than the 2000");
                }, writes -> {
                    assertThat(writes.key()).isEqualTo("intune.connectors.IntuneConnector_1.limits.writes-per-20s");
                    assertThat(writes.reason()).contains("201 is more than the 200");
                });
        assertThat(faults(connector(COMPLETE + "limits: { writes-per-20s: 0 }"))).singleElement()
                .satisfies(fault -> assertThat(fault.remedy()).contains("20 to 200"));
    }

    @Test
    void everyCloudHasItsOwnPairOfAddresses() {
        assertThat(List.of("us-gov-l4", "us-gov-l5", "china"))
                .extracting(cloud -> read(connector(COMPLETE + "cloud: " + cloud)).all().getFirst().endpoints())
                .containsExactly(
                        new Endpoints(URI.create("https://login.microsoftonline.us"),
                                URI.create("https://graph.microsoft.us")),
                        new Endpoints(URI.create("https://login.microsoftonline.us"),
                                URI.create("https://dod-graph.microsoft.us")),
                        new Endpoints(URI.create("https://login.partner.microsoftonline.cn"),
                                URI.create("https://microsoftgraph.chinacloudapi.cn")));
    }

    @Test
    void aSlashAtTheEndOfACustomEndpointDoesNotMatter() {
        Connector connector = read(connector(COMPLETE + """
                cloud: custom
                login-endpoint: https://localhost:9443/
                graph-endpoint: https://localhost:9444
                """)).all().getFirst();

        assertThat(connector.endpoints())
                .isEqualTo(new Endpoints(URI.create("https://localhost:9443"), URI.create("https://localhost:9444")));
    }

    @Test
    void aConfigurationWithoutConnectorsIsAFault() {
        assertThat(faults("intune: {}")).singleElement().satisfies(fault -> {
            assertThat(fault.key()).isEqualTo("intune.connectors");
            assertThat(fault.remedy()).contains("IntuneConnector_1").contains("tenant-id");
        });
    }

    @Test
    void aMissingTenantIsNamedWithItsFullKey() {
        assertThat(faults(connector(COMPLETE.replaceFirst("tenant-id.*\n", "")))).singleElement().satisfies(fault -> {
            assertThat(fault.key()).isEqualTo("intune.connectors.IntuneConnector_1.tenant-id");
            assertThat(fault.reason()).isEqualTo("is missing");
            assertThat(fault.remedy()).contains("Directory (tenant) ID");
        });
    }

    @Test
    void anInvalidTenantIdIsShown() {
        assertThat(faults(connector(COMPLETE.replaceFirst("tenant-id.*\n", "tenant-id: contoso.example\n"))))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.key()).isEqualTo("intune.connectors.IntuneConnector_1.tenant-id");
                    assertThat(fault.reason()).isEqualTo("'contoso.example' is not a GUID");
                });
    }

    @Test
    void aGuidWithMissingDigitsIsInvalid() {
        // java.util.UUID takes "1-2-3-4-5" and fills it up with zeros
        assertThat(faults(connector(COMPLETE.replaceFirst("client-id.*\n", "client-id: 6666-7777-4888-8999-aaaa\n"))))
                .extracting(ConfigurationFault::key)
                .containsExactly("intune.connectors.IntuneConnector_1.client-id");
    }

    @Test
    void anUnknownCloudIsAnsweredWithTheKnownOnes() {
        assertThat(faults(connector(COMPLETE + "cloud: germany"))).singleElement().satisfies(fault -> {
            assertThat(fault.key()).isEqualTo("intune.connectors.IntuneConnector_1.cloud");
            assertThat(fault.reason()).contains("'germany'");
            assertThat(fault.remedy()).isEqualTo("Set one of global, us-gov-l4, us-gov-l5, china, custom");
        });
    }

    @Test
    void ownEndpointsWithoutTheCustomCloudAreNotSilentlyIgnored() {
        assertThat(faults(connector(COMPLETE + "graph-endpoint: https://localhost:9443"))).singleElement()
                .satisfies(fault -> {
                    assertThat(fault.key()).isEqualTo("intune.connectors.IntuneConnector_1.cloud");
                    assertThat(fault.remedy()).contains("cloud: custom");
                });
    }

    @Test
    void theCustomCloudNeedsBothEndpoints() {
        assertThat(faults(connector(COMPLETE + "cloud: custom"))).extracting(ConfigurationFault::key)
                .containsExactly("intune.connectors.IntuneConnector_1.graph-endpoint",
                        "intune.connectors.IntuneConnector_1.login-endpoint");
    }

    @Test
    void anEndpointIsHttpsAndHasNoPath() {
        for (String wrong : List.of("http://localhost:9443", "https://gateway/graph", "localhost:9443",
                "https://x y", "https://localhost:9443/?a=b", "https://user@localhost:9443",
                "https://localhost:9443#x")) {
            assertThat(faults(connector(COMPLETE + "cloud: custom\nlogin-endpoint: https://localhost:9443\n"
                    + "graph-endpoint: \"" + wrong + "\"\n"))).as(wrong).singleElement().satisfies(fault -> {
                        assertThat(fault.key()).isEqualTo("intune.connectors.IntuneConnector_1.graph-endpoint");
                        assertThat(fault.remedy()).contains("https://localhost:9443");
                    });
        }
    }

    @Test
    void anUnknownSslBundleIsNamed() {
        assertThat(faults(connector(COMPLETE + "ssl-bundle: company"))).singleElement().satisfies(fault -> {
            assertThat(fault.key()).isEqualTo("intune.connectors.IntuneConnector_1.ssl-bundle");
            assertThat(fault.reason()).contains("company");
            assertThat(fault.remedy()).contains("spring.ssl.bundle");
        });
    }

    @Test
    void aKnownSslBundleIsAccepted() {
        assertThat(read(connector(COMPLETE + "ssl-bundle: private-ca")).all().getFirst().sslBundle())
                .isEqualTo("private-ca");
    }

    @Test
    void anUnknownAuthenticationMethodIsAnsweredWithTheKnownOnes() {
        assertThat(faults(connector(COMPLETE.replace("authentication: client-secret", "authentication: password"))))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.key()).isEqualTo("intune.connectors.IntuneConnector_1.authentication");
                    assertThat(fault.remedy()).contains("certificate").contains("client-secret");
                });
    }

    @Test
    void theCredentialOfTheChosenWayMustBeThere() {
        assertThat(faults(connector(COMPLETE.replaceFirst("client-secret: canary.*\n", ""))))
                .extracting(ConfigurationFault::key)
                .containsExactly("intune.connectors.IntuneConnector_1.client-secret");
        assertThat(faults(connector(COMPLETE.replace("authentication: client-secret", "authentication: certificate"))))
                .extracting(ConfigurationFault::key)
                .containsExactly("intune.connectors.IntuneConnector_1.certificate");
    }

    @Test
    void aCertificateThatCannotBeOpenedIsAFaultOfItsKey() {
        assertThat(faults(connector(COMPLETE.replace("authentication: client-secret", "authentication: certificate")
                + "certificate: file:/nowhere/intune.pfx\n"))).singleElement().satisfies(fault -> {
                    assertThat(fault.key()).isEqualTo("intune.connectors.IntuneConnector_1.certificate");
                    assertThat(fault.reason()).isEqualTo("the file /nowhere/intune.pfx does not exist");
                });
    }

    @Test
    void implausibleNumbersAndTimesAreFaults() {
        assertThat(faults(connector(COMPLETE + """
                scanner: { full-interval: 5s, page-size: 1001 }
                actions: { follow-up: 100ms, follow-up-at-most: 50ms }
                """))).extracting(ConfigurationFault::key)
                .containsExactly("intune.connectors.IntuneConnector_1.actions.follow-up",
                        "intune.connectors.IntuneConnector_1.actions.follow-up-at-most",
                        "intune.connectors.IntuneConnector_1.scanner.full-interval",
                        "intune.connectors.IntuneConnector_1.scanner.page-size");
    }

    @Test
    void intervalsBeyondAYearAreFaults() {
        assertThat(faults(connector(COMPLETE + "scanner: { incremental-interval: 400d, full-interval: 400d }\n")))
                .extracting(ConfigurationFault::key)
                .containsExactly("intune.connectors.IntuneConnector_1.scanner.full-interval",
                        "intune.connectors.IntuneConnector_1.scanner.incremental-interval");
    }

    @Test
    void aFilterNamesValuesInGraphsSpelling() {
        Connector connector = read(connector(COMPLETE + """
                scanner:
                  details: true
                  filter:
                    operating-systems: [ iOS, " Android " ]
                    ownership: [ COMPANY ]
                    compliance-states: [ ingraceperiod ]
                    categories: []
                """)).all().getFirst();

        assertThat(connector.scanner().details()).isTrue();
        assertThat(connector.scanner().filter()).isEqualTo(new DeviceFilter(
                Map.of(DeviceFilter.Property.OPERATING_SYSTEM, Set.of("iOS", "Android"),
                        DeviceFilter.Property.OWNERSHIP,
                        Set.of("company"), DeviceFilter.Property.COMPLIANCE, Set.of("inGracePeriod"))));
        assertThat(connector.scanner().filter().allowed().get(DeviceFilter.Property.COMPLIANCE))
                .containsExactly("inGracePeriod");
    }

    @Test
    void everyWrongValueOfAFilterIsNamedByItsKey() {
        assertThat(faults(connector(COMPLETE + """
                scanner:
                  filter:
                    operating-systems: [ iOS, " " ]
                    ownership: [ mine ]
                    compliance-states: [ compliant, good ]
                    management-agents: [ "mdm' or 1 eq 1" ]
                """))).extracting(ConfigurationFault::key, ConfigurationFault::reason)
                .containsExactly(
                        fault("compliance-states", "'good' is not a value of Intune's complianceState"),
                        fault("management-agents", "'mdm' or 1 eq 1' is not a value of Intune's managementAgent"),
                        fault("operating-systems", "contains a value that no device can have"),
                        fault("ownership", "'mine' is not a value of Intune's managedDeviceOwnerType"));
    }

    private static org.assertj.core.groups.Tuple fault(String key, String reason) {
        return org.assertj.core.groups.Tuple.tuple("intune.connectors.IntuneConnector_1.scanner.filter." + key, reason);
    }

    @Test
    void allFaultsOfAllConnectorsAreReportedAtOnce() {
        assertThat(faults("""
                intune:
                  connectors:
                    IntuneConnector_1:
                      client-id: 66666666-7777-4888-8999-aaaaaaaaaaaa
                      cloud: mars
                    IntuneConnector_2: { authentication: client-secret, client-secret: canary-secret }
                """)).extracting(ConfigurationFault::key)
                .containsExactly("intune.connectors.IntuneConnector_1.authentication",
                        "intune.connectors.IntuneConnector_1.cloud",
                        "intune.connectors.IntuneConnector_1.tenant-id",
                        "intune.connectors.IntuneConnector_2.client-id",
                        "intune.connectors.IntuneConnector_2.tenant-id");
    }

    @Test
    void aConnectorWithoutAnyKeyIsStillAConnectorWithFaults() {
        assertThat(faults("intune: { connectors: { IntuneConnector_1: } }")).isNotEmpty();
    }

    @Test
    void noTextOfAConnectorShowsItsSecret() {
        IntuneProperties properties = bind(connector(COMPLETE + "certificate-password: canary-password"));

        assertThat(properties.toString()).doesNotContain("canary");
        assertThat(Connectors.read(properties, List.of()).all().toString()).doesNotContain("canary");
        assertThat(Connectors.read(properties, List.of()).all().getFirst().credential().toString())
                .doesNotContain("canary");
    }

    private static String connector(String yaml) {
        return "intune:\n  connectors:\n    IntuneConnector_1:\n" + yaml.stripTrailing().indent(6);
    }

    private static List<ConfigurationFault> faults(String yaml) {
        try {
            read(yaml);
        } catch (InvalidConfigurationException e) {
            assertThat(e).hasMessageNotContaining("canary");
            assertThat(e.faults()).allSatisfy(fault -> assertThat(fault.remedy()).isNotBlank());
            return e.faults();
        }
        return List.of();
    }

    private static Connectors read(String yaml) {
        return Connectors.read(bind(yaml), List.of("private-ca"));
    }

    /** As Spring Boot reads an application.yml. */
    private static IntuneProperties bind(String yaml) {
        try {
            Path file = Files.writeString(folder.resolve("application.yml"), yaml);
            AtomicReference<IntuneProperties> bound = new AtomicReference<>();
            new ApplicationContextRunner().withInitializer(new ConfigDataApplicationContextInitializer())
                    .withPropertyValues("spring.config.location=" + file.toUri())
                    .withUserConfiguration(Properties.class)
                    .run(context -> bound.set(context.getBean(IntuneProperties.class)));
            return bound.get();
        } catch (IOException e) {
            throw new UncheckedIOException("The test's YAML", e);
        }
    }

    @EnableConfigurationProperties(IntuneProperties.class)
    static class Properties {}
}
