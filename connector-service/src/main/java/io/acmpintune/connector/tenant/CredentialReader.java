package io.acmpintune.connector.tenant;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.tenant.IntuneProperties.ApplicationProperties;

/** Reads an application's credential from its properties, and collects faults. */
final class CredentialReader {

    /** Content of the property {@code certificate}. */
    enum CertificateProperty {
        /** A path; the file is inspected immediately. */
        PATH,
        /** The PKCS#12 itself in Base64; its content is inspected later. */
        BASE64
    }

    private final CertificateProperty certificates;
    private final FaultCollector faults;

    CredentialReader(CertificateProperty certificates, FaultCollector faults) {
        this.certificates = certificates;
        this.faults = faults;
    }

    @Nullable
    Credential read(String key, ApplicationProperties properties) {
        return switch (properties.authentication()) {
            case "certificate" -> certificate(key, properties);
            case "client-secret" -> clientSecret(key, properties);
            case null, default -> {
                faults.add(key + ".authentication",
                        properties.authentication() == null
                                ? "is missing"
                                : "'" + properties.authentication() + "' is not an authentication method",
                        "Set certificate (recommended) or client-secret");
                yield null;
            }
        };
    }

    private @Nullable Credential clientSecret(String key, ApplicationProperties properties) {
        String secret = blankToNull(properties.clientSecret());
        if (secret == null) {
            faults.add(key + ".client-secret", "is missing, and authentication is client-secret",
                    "Set the secret's value (not its ID), preferably from a secret file or the environment");
            return null;
        }
        if (!secret.startsWith("file:")) {
            return new Credential.ClientSecret(new SecretSource.Inline(secret), properties.clientSecretExpires());
        }
        if (certificates == CertificateProperty.BASE64) {
            // a submitted connector must not make the service read its own files
            faults.add(key + ".client-secret", "names a file", "Send the secret's value");
            return null;
        }
        SecretSource.InFile stored = new SecretSource.InFile(path(secret));
        try {
            stored.read();
        } catch (IOException e) {
            faults.add(key + ".client-secret", "cannot be read (" + e + ")",
                    "Set the path of a file that contains only the secret's value");
        }
        return new Credential.ClientSecret(stored, properties.clientSecretExpires());
    }

    private static Path path(String property) {
        return Path.of(property.replaceFirst("^file:(//)?", ""));
    }

    private @Nullable Credential certificate(String key, ApplicationProperties properties) {
        String value = blankToNull(properties.certificate());
        String password = blankToNull(properties.certificatePassword());
        if (value == null) {
            faults.add(key + ".certificate", "is missing, and authentication is certificate", switch (certificates) {
                case PATH ->
                    "Set the path of the PKCS#12 file (.pfx) that contains the application's certificate and private key";
                case BASE64 ->
                    "Send the PKCS#12 file (.pfx) with the application's certificate and private key in Base64";
            });
            return null;
        }
        return switch (certificates) {
            case PATH ->
                stored(key, new Credential.Certificate(path(value), password));
            case BASE64 -> given(key, value, password);
        };
    }

    private Credential stored(String key, Credential.Certificate certificate) {
        CertificateFile.check(certificate)
                .ifPresent(found -> faults.add(key + "." + found.key(), found.reason(), found.remedy()));
        return certificate;
    }

    private @Nullable Credential given(String key, String base64, @Nullable String password) {
        try {
            return new Credential.Certificate(
                    new CertificateSource.Inline(Base64.getDecoder().decode(base64.replaceAll("\\s", ""))), password);
        } catch (IllegalArgumentException _) {
            faults.add(key + ".certificate", "is not Base64",
                    "Send the content of the PKCS#12 file (.pfx) in Base64, not its path");
            return null;
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
