package io.acmpintune.connector.tenant;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.acmpintune.connector.fixture.TestCertificate;

import static org.assertj.core.api.Assertions.assertThat;

class CertificateFileTest {

    private static final String PASSWORD = "canary-password";

    @TempDir static Path folder = Path.of("");
    private static final TestCertificate GOOD = TestCertificate.rsa();

    @Test
    void aCertificateWithItsRsaKeyIsAccepted() {
        assertThat(check(GOOD.write(folder.resolve("good.pfx"), PASSWORD), PASSWORD)).isEmpty();
    }

    @Test
    void aFileWithoutAPasswordIsAccepted() {
        assertThat(check(GOOD.write(folder.resolve("open.pfx"), ""), null)).isEmpty();
    }

    @Test
    void aWrongPasswordIsNamedAsThePasswordAndNotRepeated() {
        Path file = GOOD.write(folder.resolve("locked.pfx"), PASSWORD);

        assertThat(check(file, "canary-wrong")).hasValueSatisfying(fault -> {
            assertThat(fault.key()).isEqualTo("certificate-password");
            assertThat(fault.reason()).contains(file.toString());
            assertThat(fault.remedy()).contains("Set the password");
            assertThat(fault.toString()).doesNotContain("canary");
        });
    }

    @Test
    void aMissingPasswordIsNamedAsThePassword() {
        Path file = GOOD.write(folder.resolve("locked-too.pfx"), PASSWORD);

        assertThat(check(file, null)).hasValueSatisfying(
                fault -> assertThat(fault.key()).isEqualTo("certificate-password"));
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("nowhere.pfx");

        assertThat(check(file, PASSWORD)).hasValueSatisfying(fault -> {
            assertThat(fault.key()).isEqualTo("certificate");
            assertThat(fault.reason()).isEqualTo("the file " + file + " does not exist");
        });
    }

    @Test
    void aFolderIsNotAFile() {
        assertThat(check(folder, PASSWORD)).hasValueSatisfying(fault -> {
            assertThat(fault.key()).isEqualTo("certificate");
            assertThat(fault.reason()).contains(folder.toString());
        });
    }

    @Test
    void aPemFileIsExplained() throws Exception {
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(GOOD.certificate().getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        Path file = Files.writeString(folder.resolve("app.pem"), pem, StandardCharsets.US_ASCII);

        assertThat(check(file, PASSWORD)).hasValueSatisfying(fault -> {
            assertThat(fault.key()).isEqualTo("certificate");
            assertThat(fault.reason()).contains("cannot be read as PKCS#12");
            assertThat(fault.remedy()).contains(".pfx").contains(".pem files contain no private key");
        });
    }

    @Test
    void anEmptyFileIsExplained() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.pfx"));

        assertThat(check(file, PASSWORD)).hasValueSatisfying(
                fault -> assertThat(fault.reason()).contains("cannot be read as PKCS#12"));
    }

    @Test
    void anEllipticCurveKeyIsRefusedBecauseEntrasAssertionCannotBeSignedWithIt() {
        Path file = TestCertificate.ellipticCurve().write(folder.resolve("ec.pfx"), PASSWORD);

        assertThat(check(file, PASSWORD)).hasValueSatisfying(fault -> {
            assertThat(fault.reason()).contains("not RSA");
            assertThat(fault.remedy()).contains("RSA key of 2048 bits");
        });
    }

    @Test
    void anExpiredCertificateIsRefusedWithItsDate() {
        Instant yesterday = Instant.parse("2026-01-02T03:04:05Z").minus(Duration.ofDays(366));
        Path file = TestCertificate.rsa(yesterday).write(folder.resolve("old.pfx"), PASSWORD);

        assertThat(check(file, PASSWORD)).hasValueSatisfying(fault -> {
            assertThat(fault.reason()).contains("expired on 2025-01-01T03:04:05Z");
            assertThat(fault.remedy()).contains("register it in Entra");
        });
    }

    @Test
    void twoKeysAreRejected() {
        Path file = TestCertificate.writeAll(folder.resolve("two.pfx"), PASSWORD, GOOD, TestCertificate.rsa());

        assertThat(check(file, PASSWORD)).hasValueSatisfying(
                fault -> assertThat(fault.reason()).endsWith("contains 2 private keys"));
    }

    private static Optional<CertificateFile.Unusable> check(Path file, @Nullable String password) {
        return CertificateFile.check(new Credential.Certificate(file, password));
    }
}
