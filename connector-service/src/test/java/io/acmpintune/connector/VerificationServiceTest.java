package io.acmpintune.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.fixture.ApiAccess;
import io.acmpintune.connector.fixture.ConnectProxy;
import io.acmpintune.connector.fixture.FakeMicrosoft;
import io.acmpintune.connector.fixture.TestCertificate;
import io.acmpintune.connector.fixture.TestJwt;
import io.acmpintune.model.VerificationApi;
import io.acmpintune.model.verification.ConnectionReport;
import io.acmpintune.model.verification.ConnectionReport.Check;
import io.acmpintune.model.verification.ConnectionReport.Outcome;
import io.acmpintune.model.verification.ConnectionReport.Step;
import io.acmpintune.model.verification.UnsavedConnector;
import io.acmpintune.runtime.database.TestDatabase;
import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.runtime.fixture.UnreachableAddress;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/** The verification over the service's API, against a simulated Microsoft, one that may not synchronize, and a scripted one. */
@Isolated("reads what is printed")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class VerificationServiceTest {

    private static final String TOKEN = ApiAccess.TOKEN;
    private static final String NAME = "IntuneConnector_1";
    private static final String UNSAVED = "/api/v1/connectors/verification";
    private static final String SECRET = "canary-client-secret-0123456789";
    private static final Simulator MICROSOFT = simulator(SimulatorOptions.ALL_ROLES);
    private static final Simulator WITHOUT_PRIVILEGES = simulator(Set.of("DeviceManagementManagedDevices.Read.All"));
    private static final Simulator WITHOUT_ROLES = simulator(Set.of());
    private static final FakeMicrosoft SCRIPTED = FakeMicrosoft.start();

    private final ApiCaller caller;
    private final VerificationApi api;
    private final JdbcClient jdbc;

    VerificationServiceTest(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        this.caller = ApiCaller.local(port, TOKEN);
        this.api = HttpServiceProxyFactory
                .builderFor(RestClientAdapter.create(RestClient.builder()
                        .baseUrl("http://127.0.0.1:" + port)
                        .defaultHeader("Authorization", "Bearer " + TOKEN)
                        .build()))
                .build()
                .createClient(VerificationApi.class);
        this.jdbc = jdbc;
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        TestDatabase.fresh().configure(registry::add);
        ApiAccess.configure(registry);
        trust(registry, "microsoft", MICROSOFT);
        trust(registry, "without-privileges", WITHOUT_PRIVILEGES);
        trust(registry, "without-roles", WITHOUT_ROLES);
        registry.add("spring.ssl.bundle.pem.scripted.truststore.certificate",
                SCRIPTED::certificatePem);
        Map<String, Object> connector = Map.of("tenant-id", MICROSOFT.access().tenantId(), "client-id",
                MICROSOFT.access().clientId(), "authentication", "certificate", "certificate",
                "file:" + MICROSOFT.access().certificate(), "certificate-password",
                MICROSOFT.access().certificatePassword(), "cloud", "custom", "login-endpoint", MICROSOFT.httpsUrl(),
                "graph-endpoint", MICROSOFT.httpsUrl(), "ssl-bundle", "microsoft");
        connector.forEach((key, value) -> registry.add("intune.connectors." + NAME + "." + key, () -> value));
    }

    private static void trust(DynamicPropertyRegistry registry, String bundle, Simulator simulator) {
        registry.add("spring.ssl.bundle.pem." + bundle + ".truststore.certificate",
                () -> "file:" + simulator.access().ca());
    }

    private static Simulator simulator(Set<String> roles) {
        try {
            return Simulator.start(SimulatorOptions.defaults().withDevices(10).withRoles(roles));
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator did not start", e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        MICROSOFT.close();
        WITHOUT_PRIVILEGES.close();
        WITHOUT_ROLES.close();
        SCRIPTED.close();
    }

    // ---- a configured connector

    @Test
    void aConfiguredConnectorThatWorksIsOkInEveryStep() {
        ConnectionReport report = api.verify(NAME);

        assertThat(report.connector()).isEqualTo(NAME);
        assertThat(report.outcome()).isEqualTo(Outcome.OK);
        assertThat(report.steps()).extracting(Step::name)
                .doesNotHaveDuplicates()
                .isSorted()
                .hasSize(Check.values().length - 2)
                .doesNotContain(Check.ACTION_CERTIFICATE, Check.ACTION_TOKEN);
        assertThat(report.steps()).extracting(Step::outcome).containsOnly(Outcome.OK);
        assertThat(report.at()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void theReportIsPlainJson() {
        JsonNode report = caller.post("/api/v1/connectors/" + NAME + "/verification", "").json();

        assertThat(report.path("outcome").asString()).isEqualTo("ok");
        assertThat(report.path("steps").path(2).path("name").asString()).isEqualTo("inventory-permission");
        assertThat(report.path("steps").path(2).path("found").asString())
                .contains("DeviceManagementManagedDevices.Read.All");
    }

    @Test
    void anUnknownConnectorIs404() {
        ApiCaller.Answer answer = caller.post("/api/v1/connectors/nobody/verification", "");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asString()).endsWith("unknown-connector");
    }

    @ParameterizedTest
    @ValueSource(strings = {UNSAVED, "/api/v1/connectors/" + NAME + "/verification"})
    void nobodyVerifiesWithoutAToken(String path) {
        assertThat(caller.with(null).post(path, "{}").status()).isEqualTo(401);
        assertThat(caller.with("wrong").post(path, "{}").status()).isEqualTo(401);
    }

    // ---- one that is not saved

    @Test
    void anUnsavedConnectorIsVerifiedByItsCertificateAndLeavesNothing() throws IOException {
        ConnectionReport report = api.verify(certificate(MICROSOFT, "microsoft",
                Files.readAllBytes(MICROSOFT.access().certificate()), MICROSOFT.access().certificatePassword()));

        assertThat(report.connector()).isNull();
        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.OK);
        assertThat(jdbc.sql("select name from connector").query(String.class).list()).containsExactly(NAME);
    }

    @Test
    void anotherApplicationThatActsAndTheEnabledActionsAreVerifiedThroughTheProxy(CapturedOutput output) {
        try (ConnectProxy proxy = ConnectProxy.forUser("proxy-user", "canary-proxy-password")) {
            ApiCaller.Answer answer = caller.post(UNSAVED, """
                    {"tenant-id": "%1$s", "client-id": "%2$s", "authentication": "client-secret",
                     "client-secret": "%3$s", "cloud": "custom", "login-endpoint": "%4$s", "graph-endpoint": "%4$s",
                     "ssl-bundle": "microsoft", "actions": {"enabled": ["syncDevice"]},
                     "action-credential": {"client-id": "00000000-1111-4222-8333-444444444444",
                       "authentication": "client-secret", "client-secret": "canary-action-secret"},
                     "proxy": {"host": "127.0.0.1", "port": %5$d, "username": "proxy-user",
                       "password": "canary-proxy-password"}}
                    """.formatted(MICROSOFT.access().tenantId(), MICROSOFT.access().clientId(),
                    MICROSOFT.access().clientSecret(), MICROSOFT.httpsUrl(), proxy.port()));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            Map<String, String> outcomes = answer.json()
                    .path("steps")
                    .valueStream()
                    .collect(Collectors.toMap(step -> step.path("name").asString(""),
                            step -> step.path("outcome").asString("")));
            assertThat(outcomes).containsEntry("token", "ok")
                    .containsEntry("action-token", "failed")
                    .containsEntry("wipe-permission", "skipped")
                    .containsEntry("device-read", "ok");
            assertThat(answer.body()).contains("AADSTS700016")
                    .contains("does not allow wiping")
                    .doesNotContain("canary");
            assertThat(output).doesNotContain("canary");
            assertThat(proxy.heads()).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void anExpiredCertificateStopsTheRest(@TempDir Path folder) throws IOException {
        Path file = TestCertificate.rsa(Instant.parse("2025-01-01T00:00:00Z")).write(folder.resolve("old.pfx"), "pw");

        Map<Check, Step> steps = steps(certificate(MICROSOFT, "microsoft", Files.readAllBytes(file), "pw"));

        assertThat(of(Check.CERTIFICATE, steps).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(of(Check.CERTIFICATE, steps).found()).contains("expired on 2025-01-01T00:00:00Z");
        assertThat(of(Check.TOKEN, steps).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(of(Check.LICENCE, steps).outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @Test
    void aCertificateThatIsNotRegisteredIsExplained(@TempDir Path folder) throws IOException {
        Path file = TestCertificate.rsa().write(folder.resolve("other.pfx"), "canary-password");

        Map<Check, Step> steps = steps(
                certificate(MICROSOFT, "microsoft", Files.readAllBytes(file), "canary-password"));

        assertThat(of(Check.CERTIFICATE, steps).outcome()).isEqualTo(Outcome.OK);
        assertThat(of(Check.TOKEN, steps).found()).contains("AADSTS700027");
        assertThat(of(Check.TOKEN, steps).remedy()).contains("Register this certificate");
    }

    @Test
    void aWrongClientSecretIsExplainedAndNotRepeated(CapturedOutput output) {
        ApiCaller.Answer answer = send(secret(MICROSOFT, "microsoft", SECRET));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("AADSTS7000215").contains("Set the secret's value").doesNotContain("canary");
        assertThat(output).contains("Verified a connection: certificate skipped, token failed")
                .doesNotContain("canary");
    }

    @Test
    void aMissingPermissionToSynchronizeIsNamedWhileReadingWorks() {
        Map<Check, Step> steps = steps(secret(WITHOUT_PRIVILEGES, "without-privileges",
                WITHOUT_PRIVILEGES.access().clientSecret()));

        assertThat(of(Check.CERTIFICATE, steps).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(of(Check.INVENTORY_PERMISSION, steps).outcome()).isEqualTo(Outcome.OK);
        assertThat(of(Check.SYNCHRONIZE_PERMISSION, steps).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(of(Check.SYNCHRONIZE_PERMISSION, steps).remedy())
                .contains("DeviceManagementManagedDevices.PrivilegedOperations.All");
        assertThat(of(Check.DEVICE_READ, steps).outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void anApplicationWithoutPermissionsShowsWhatGraphSays() {
        Map<Check, Step> steps = steps(
                secret(WITHOUT_ROLES, "without-roles", WITHOUT_ROLES.access().clientSecret()));

        assertThat(of(Check.INVENTORY_PERMISSION, steps).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(of(Check.DEVICE_READ, steps).found()).contains("Graph answered 403")
                .contains("DeviceManagementManagedDevices.Read.All");
        assertThat(of(Check.LICENCE, steps).outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @Test
    void anUnreachableLoginEndpointIsAMatterOfTheNetwork() {
        Map<Check, Step> steps = steps(secret(UnreachableAddress.https(), null));

        assertThat(of(Check.TOKEN, steps).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(of(Check.TOKEN, steps).remedy()).contains("Check network");
        assertThat(of(Check.DEVICE_READ, steps).outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({"7000222,secret has expired", "700016,Check client-id", "90002,Check tenant-id and cloud",
            "90038,Set cloud", "7000112,Enable the application", "53003,Conditional Access",
            "1234567,documentation explains AADSTS1234567"})
    void whatEntraRefusesIsExplainedWithItsOwnTextAndCorrelationId(String code, String remedy) {
        SCRIPTED.reset();
        SCRIPTED.answers(post(FakeMicrosoft.TOKEN_PATH).willReturn(aResponse().withStatus(401)
                .withHeader("Content-Type", "application/json")
                .withBody("""
                        {"error":"invalid_client","error_description":"AADSTS%s: Entra's own words.","error_codes":[%s],
                         "correlation_id":"5d4f0a0e-0000-4000-8000-00000000000b"}
                        """.formatted(code, code))));

        Step token = of(Check.TOKEN, steps(secret(SCRIPTED.address(), "scripted")));

        assertThat(token.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(token.found()).contains("AADSTS" + code + ": Entra's own words.")
                .contains("5d4f0a0e-0000-4000-8000-00000000000b");
        assertThat(token.remedy()).contains(remedy);
    }

    @Test
    void eachVerificationAsksForANewToken() {
        SCRIPTED.reset();
        SCRIPTED.answers(get(urlPathEqualTo("/v1.0/deviceManagement/managedDevices"))
                .willReturn(okJson("{\"value\":[]}")));
        SCRIPTED.givesToken(TestJwt.withRoles());
        assertThat(of(Check.INVENTORY_PERMISSION, steps(secret(SCRIPTED.address(), "scripted"))).outcome())
                .isEqualTo(Outcome.FAILED);

        SCRIPTED.givesToken(TestJwt.withRoles("DeviceManagementManagedDevices.Read.All"));
        assertThat(of(Check.INVENTORY_PERMISSION, steps(secret(SCRIPTED.address(), "scripted"))).outcome())
                .isEqualTo(Outcome.OK);
        assertThat(SCRIPTED.tokenRequests()).isEqualTo(2);
    }

    @Test
    void anUnreadableTokenIsAWarning() {
        SCRIPTED.reset();
        SCRIPTED.givesToken("opaque");
        SCRIPTED.answers(get(urlPathEqualTo("/v1.0/deviceManagement/managedDevices"))
                .willReturn(okJson("{\"value\":[{\"id\":\"a\"}]}")));

        assertThat(api.verify(secret(SCRIPTED.address(), "scripted")).outcome()).isEqualTo(Outcome.WARNING);
    }

    @Test
    void aLoginEndpointThatRepeatsTheSecretDoesNotGetItIntoTheAnswer(CapturedOutput output) {
        SCRIPTED.reset();
        SCRIPTED.answers(post(FakeMicrosoft.TOKEN_PATH).willReturn(aResponse().withStatus(401)
                .withHeader("Content-Type", "application/json")
                .withBody(
                        "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: not " + SECRET + "\"}")));

        ApiCaller.Answer answer = send(secret(SCRIPTED.address(), "scripted"));

        assertThat(answer.body()).contains("AADSTS7000215: not …").doesNotContain("canary");
        assertThat(output).doesNotContain(SECRET);
    }

    // ---- requests that are wrong

    @Test
    void everyWrongPropertyIsNamedAtOnce(CapturedOutput output) {
        ApiCaller.Answer answer = caller.post(UNSAVED, """
                {"tenant-id": "x", "authentication": "certificate", "certificate": "!canary!",
                 "certificate-password": "canary", "client-secret": "canary", "cloud": "moon", "ssl-bundle": "none"}
                """);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().path("errors").valueStream().map(error -> error.path("field").asString()))
                .containsExactlyInAnyOrder("tenant-id", "client-id", "certificate", "cloud", "ssl-bundle");
        assertThat(answer.body()).doesNotContain("canary");
        assertThat(output).doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"canary\"", "{\"client-secret\": {\"canary\": 1}}",
            "{\"client-secret\": \"canary"})
    void aBodyThatIsNoConnectorIs400AndNotRepeated(String body) {
        ApiCaller.Answer answer = caller.post(UNSAVED, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("canary");
    }

    private ApiCaller.Answer send(UnsavedConnector connector) {
        return caller.post(UNSAVED, JsonMapper.shared().writeValueAsString(connector));
    }

    private Map<Check, Step> steps(UnsavedConnector connector) {
        return api.verify(connector)
                .steps()
                .stream()
                .collect(Collectors.toMap(Step::name, Function.identity()));
    }

    private static Step of(Check check, Map<Check, Step> steps) {
        Step step = steps.get(check);
        if (step == null) {
            throw new AssertionError(check + " is missing");
        }
        return step;
    }

    private static UnsavedConnector certificate(Simulator at, String bundle, byte[] pkcs12, String password) {
        return new UnsavedConnector(at.access().tenantId().toString(), at.access().clientId().toString(),
                "certificate", Base64.getEncoder().encodeToString(pkcs12), password, null, "custom",
                at.httpsUrl().toString(), at.httpsUrl().toString(), bundle);
    }

    private static UnsavedConnector secret(Simulator at, String bundle, String value) {
        return new UnsavedConnector(at.access().tenantId().toString(), at.access().clientId().toString(),
                "client-secret", null, null, value, "custom", at.httpsUrl().toString(), at.httpsUrl().toString(),
                bundle);
    }

    private static UnsavedConnector secret(URI at, @Nullable String bundle) {
        return new UnsavedConnector(FakeMicrosoft.TENANT.toString(), FakeMicrosoft.CLIENT.toString(), "client-secret",
                null, null, SECRET, "custom", at.toString(), at.toString(), bundle);
    }
}
