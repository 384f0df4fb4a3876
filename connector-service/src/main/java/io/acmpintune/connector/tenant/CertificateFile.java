package io.acmpintune.connector.tenant;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Looks into a PKCS#12 file before msal4j does, whose messages name neither the file nor what to do, and which accepts a key
 * that Entra's assertion cannot be signed with.
 */
final class CertificateFile {

    private CertificateFile() {}

    /** What is wrong, under which of the connector's keys, and what to do. */
    record Fault(String key, String reason, String remedy) {}

    static Optional<Fault> check(Credential.Certificate certificate) {
        String file = certificate.file().toString();
        try (InputStream in = Files.newInputStream(certificate.file())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            char[] password = characters(certificate.password());
            store.load(in, password);
            List<String> keys = Collections.list(store.aliases())
                    .stream()
                    .filter(alias -> isKey(store, alias))
                    .toList();
            if (keys.size() != 1) {
                return fault("certificate", file + " holds " + keys.size() + " private keys",
                        "Export exactly one certificate together with its private key");
            }
            if (!store.getKey(keys.getFirst(), password).getAlgorithm().equals("RSA")) {
                return fault("certificate", file + " holds a key that is not RSA",
                        "Create the certificate with an RSA key of 2048 bits or more; Entra takes no other");
            }
            if (store.getCertificate(keys.getFirst()) instanceof X509Certificate x509
                    && x509.getNotAfter().toInstant().isBefore(Instant.now())) {
                return fault("certificate",
                        file + " holds a certificate that expired on " + x509.getNotAfter().toInstant(),
                        "Create a new certificate, register it in Entra, and replace the file");
            }
            return Optional.empty();
        } catch (NoSuchFileException _) {
            return fault("certificate", "there is no file " + file, "Set the path of the PKCS#12 file (.pfx)");
        } catch (IOException e) {
            return e.getCause() instanceof UnrecoverableKeyException
                    ? fault("certificate-password", "does not open " + file,
                            certificate.password() == null
                                    ? "Set the password that the file was exported with"
                                    : "Set the password that the file was exported with, or none for a file without")
                    : fault("certificate", file + " cannot be read as PKCS#12 (" + e.getMessage() + ")",
                            "Export certificate and private key as .pfx; a .cer, .crt or .pem file has no private key");
        } catch (GeneralSecurityException e) {
            return fault("certificate", file + " cannot be used (" + e.getMessage() + ")",
                    "Export certificate and private key as .pfx again");
        }
    }

    static char[] characters(@Nullable String password) {
        return password == null ? new char[0] : password.toCharArray();
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key store was loaded a line ago", e);
        }
    }

    private static Optional<Fault> fault(String key, String reason, String remedy) {
        return Optional.of(new Fault(key, reason, remedy));
    }
}
