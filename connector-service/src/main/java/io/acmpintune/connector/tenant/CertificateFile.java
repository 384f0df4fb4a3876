package io.acmpintune.connector.tenant;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Inspects a PKCS#12 file. msal4j's own messages name neither the file nor a remedy, and it accepts keys that cannot sign Entra's
 * assertion.
 */
public final class CertificateFile {

    private CertificateFile() {}

    /** The result of an inspection. */
    public sealed interface Inspection {}

    /**
     * A certificate that can be used once it is registered in Entra.
     *
     * @param thumbprint SHA-1 in upper-case hexadecimal digits, as shown in Entra
     */
    public record Usable(String subject, String thumbprint, Instant from, Instant until) implements Inspection {}

    /** @param key the faulty property, relative to the connector or its action-credential */
    public record Unusable(String key, String reason, String remedy) implements Inspection {}

    static Optional<Unusable> check(Credential.Certificate certificate) {
        return inspect(certificate, Instant.now()) instanceof Unusable fault ? Optional.of(fault) : Optional.empty();
    }

    /** Returns the end of its validity, even if past; empty if the file cannot be read. */
    public static Optional<Instant> expiry(Credential.Certificate certificate) {
        return inspect(certificate, Instant.EPOCH) instanceof Usable usable
                ? Optional.of(usable.until())
                : Optional.empty();
    }

    /** Reads the file and checks its validity at a moment. */
    public static Inspection inspect(Credential.Certificate certificate, Instant now) {
        String file = certificate.source().toString();
        try (InputStream in = certificate.source().open()) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            char[] password = characters(certificate.password());
            store.load(in, password);
            List<String> keys = Collections.list(store.aliases())
                    .stream()
                    .filter(alias -> isKey(store, alias))
                    .toList();
            if (keys.size() != 1) {
                return new Unusable("certificate", file + " contains " + keys.size() + " private keys",
                        "Export exactly one certificate together with its private key");
            }
            if (!store.getKey(keys.getFirst(), password).getAlgorithm().equals("RSA")) {
                return new Unusable("certificate", file + " contains a key that is not RSA",
                        "Create the certificate with an RSA key of 2048 bits or more; Entra accepts no other");
            }
            return store.getCertificate(keys.getFirst()) instanceof X509Certificate x509
                    ? checkValidity(file, x509, now)
                    : new Unusable("certificate", file + " contains a private key without an X.509 certificate",
                            "Export certificate and private key together as .pfx");
        } catch (NoSuchFileException _) {
            return new Unusable("certificate", "the file " + file + " does not exist",
                    "Set the path of the PKCS#12 file (.pfx)");
        } catch (IOException e) {
            return e.getCause() instanceof UnrecoverableKeyException
                    ? new Unusable("certificate-password", "is not the password of " + file,
                            certificate.password() == null
                                    ? "Set the password that was used for the export"
                                    : "Set the password that was used for the export, or remove it if there was none")
                    : new Unusable("certificate", file + " cannot be read as PKCS#12 (" + e.getMessage() + ")",
                            "Export certificate and private key as .pfx; .cer, .crt and .pem files contain no private key");
        } catch (GeneralSecurityException e) {
            return new Unusable("certificate", file + " cannot be used (" + e.getMessage() + ")",
                    "Export certificate and private key as .pfx again");
        }
    }

    private static Inspection checkValidity(String file, X509Certificate x509, Instant now)
            throws GeneralSecurityException {
        Instant until = x509.getNotAfter().toInstant();
        if (until.isBefore(now)) {
            return new Unusable("certificate", file + " contains a certificate that expired on " + until,
                    "Create a new certificate, register it in Entra, and replace the file");
        }
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(x509.getEncoded());
        return new Usable(x509.getSubjectX500Principal().getName(), HexFormat.of().withUpperCase().formatHex(digest),
                x509.getNotBefore().toInstant(), until);
    }

    static char[] characters(@Nullable String password) {
        return password == null ? new char[0] : password.toCharArray();
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key store is loaded", e);
        }
    }
}
