package io.acmpintune.connector.tenant;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.acmpintune.connector.fixture.FakeMicrosoft;
import io.acmpintune.connector.fixture.TestCertificate;
import io.acmpintune.connector.outbound.HttpProxy;
import io.acmpintune.connector.tenant.UnsavedConnectorReader.Result;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.problem.Problem.FieldError;
import io.acmpintune.model.verification.UnsavedConnector;

import static org.assertj.core.api.Assertions.assertThat;

class UnsavedConnectorReaderTest {

    private final UnsavedConnectorReader trial = new UnsavedConnectorReader(Set.of("corporate"));

    @Test
    void everyWrongPropertyIsNamedAtOnceByItsOwnName() {
        var nothing = new UnsavedConnector("x", null, null, null, null, null, "moon", null, null, "unknown");

        assertThat(wrong(nothing)).extracting(FieldError::field)
                .containsExactlyInAnyOrder("tenant-id", "client-id", "authentication", "cloud", "ssl-bundle");
    }

    @Test
    void aCustomCloudNeedsBothEndpoints() {
        var custom = new UnsavedConnector(FakeMicrosoft.TENANT.toString(), FakeMicrosoft.CLIENT.toString(),
                "client-secret", null, null, "canary-secret", "custom", null, "http://plain", null);

        assertThat(wrong(custom)).extracting(FieldError::field)
                .containsExactlyInAnyOrder("login-endpoint", "graph-endpoint");
        assertThat(wrong(custom).toString()).doesNotContain("canary");
    }

    @Test
    void aMissingSecretOrCertificateIsNamed() {
        assertThat(wrong(certificate(null))).extracting(FieldError::field).containsExactly("certificate");
        assertThat(wrong(new UnsavedConnector(FakeMicrosoft.TENANT.toString(), FakeMicrosoft.CLIENT.toString(),
                "client-secret", null, null, " ", null, null, null, null))).extracting(FieldError::field)
                .containsExactly("client-secret");
    }

    @Test
    void aSubmittedPathIsNotOpened(@TempDir Path folder) {
        Path file = TestCertificate.rsa().write(folder.resolve("app.pfx"), "canary-password");

        assertThat(wrong(certificate("file:" + file))).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("certificate");
            assertThat(error.reason()).contains("is not Base64").contains("not its path");
        });
    }

    @Test
    void aCertificateInBase64IsReadFromMemory(@TempDir Path folder) throws IOException {
        Path file = TestCertificate.rsa().write(folder.resolve("app.pfx"), "canary-password");
        String base64 = Base64.getMimeEncoder().encodeToString(Files.readAllBytes(file));
        Files.delete(file);

        Connector connector = usable(certificate(base64));

        assertThat(connector.endpoints().login()).isEqualTo(URI.create("https://login.microsoftonline.com"));
        assertThat(connector.credential()).isInstanceOfSatisfying(Credential.Certificate.class,
                certificate -> assertThat(CertificateFile.inspect(certificate, Instant.now()))
                        .isInstanceOfSatisfying(CertificateFile.Usable.class,
                                look -> assertThat(look.subject()).isEqualTo("CN=test")));
        assertThat(connector.credential().toString()).doesNotContain("canary");
    }

    @Test
    void theContentOfACertificateIsNotInspected() {
        assertThat(usable(certificate("bm8gY2VydGlmaWNhdGU=")).credential())
                .isInstanceOfSatisfying(Credential.Certificate.class,
                        certificate -> assertThat(CertificateFile.inspect(certificate, Instant.now()))
                                .isInstanceOfSatisfying(CertificateFile.Unusable.class,
                                        fault -> assertThat(fault.reason()).contains("the submitted certificate")));
    }

    @Test
    void everyWrongPropertyOfActingAndProxyIsNamedToo() {
        assertThat(wrong(with(new UnsavedConnector.ActionCredential(null, "client-secret", null, null, null),
                new UnsavedConnector.Proxy("http://proxy", 70_000, null, "canary"), List.of("syncDevice", "explode"))))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("action-credential.client-id", "action-credential.client-secret",
                        "proxy.host", "proxy.port", "proxy.username", "actions.enabled");
        assertThat(wrong(with(new UnsavedConnector.ActionCredential(null, null, null, null, null),
                new UnsavedConnector.Proxy(null, null, null, null), null))).extracting(FieldError::field)
                .containsExactlyInAnyOrder("action-credential.client-id", "action-credential.authentication",
                        "proxy.host", "proxy.port");
        assertThat(wrong(with(new UnsavedConnector.ActionCredential(UUID.randomUUID().toString(), "client-secret",
                null, null, "file:/etc/hostname"), null, null))).extracting(FieldError::field)
                .containsExactly("action-credential.client-secret");
    }

    @Test
    void theActionCredentialEnabledActionsAndTheProxyAreRead() {
        UUID other = UUID.randomUUID();
        Connector connector = usable(with(
                new UnsavedConnector.ActionCredential(other.toString(), "client-secret", null, null, "canary-2"),
                new UnsavedConnector.Proxy("proxy.example", 3128, "user", "canary-3"), List.of("syncDevice", "wipe")));

        assertThat(connector.forActions().clientId()).isEqualTo(other);
        assertThat(connector.proxy()).isEqualTo(new HttpProxy("proxy.example", 3128, "user", "canary-3"));
        assertThat(connector.actions().enabled()).containsExactlyInAnyOrder(ActionKind.SYNC_DEVICE, ActionKind.WIPE);
        assertThat(usable(with(null, null, List.of())).actions().enabled()).isEmpty();
        assertThat(usable(with(null, null, null)).actions().enabled()).containsExactlyInAnyOrder(ActionKind.values());
    }

    private static UnsavedConnector with(UnsavedConnector.@Nullable ActionCredential acting,
            UnsavedConnector.@Nullable Proxy proxy, @Nullable List<String> enabled) {
        return new UnsavedConnector(FakeMicrosoft.TENANT.toString(), FakeMicrosoft.CLIENT.toString(), "client-secret",
                null, null, "canary-1", null, null, null, null, acting, proxy,
                enabled == null ? null : new UnsavedConnector.Actions(enabled));
    }

    @Test
    void aTextOfTheRequestShowsNoSecret() {
        var full = new UnsavedConnector("t", "c", "certificate", "canary", "canary", "canary", null, null, null, null,
                new UnsavedConnector.ActionCredential("a", "certificate", "canary", "canary", "canary"),
                new UnsavedConnector.Proxy("p", 1, "u", "canary"), null);

        assertThat(full.actionCredential() + " " + full.proxy()).doesNotContain("canary");
        assertThat(full.toString()).doesNotContain("canary");
    }

    private static UnsavedConnector certificate(@Nullable String base64) {
        return new UnsavedConnector(FakeMicrosoft.TENANT.toString(), FakeMicrosoft.CLIENT.toString(), "certificate",
                base64, "canary-password", null, null, null, null, null);
    }

    private Connector usable(UnsavedConnector of) {
        return switch (trial.read(of)) {
            case Result.Usable(var connector) -> connector;
            case Result.Invalid(var errors) -> throw new AssertionError(errors);
        };
    }

    private List<FieldError> wrong(UnsavedConnector of) {
        return switch (trial.read(of)) {
            case Result.Usable(var connector) -> throw new AssertionError(connector);
            case Result.Invalid(var errors) -> errors;
        };
    }
}
