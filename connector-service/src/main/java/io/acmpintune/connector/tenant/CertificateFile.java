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
 * Checks a PKCS#12 file before msal4j does, whose messages name neither the file nor what to do, and which accepts a key
 * that Entra's assertion cannot be signed with.
 */
public final class CertificateFile {

    private CertificateFile() {}

    /** What a look into it finds. */
    public sealed interface Inspection {}

    /**
     * Entra can be asked with it, once it is registered there.
     *
     * @param thumbprint SHA-1 in upper-case hexadecimal digits, as Entra's page shows it
     */
    public record Usable(String subject, String thumbprint, Instant from, Instant until) implements Inspection {}

    /** What is wrong, under which of the connector's keys, and what to do. */
    public record Fault(String key, String reason, String remedy) implements Inspection {}

    static Optional<Fault> check(Credential.Certificate certificate) {
        return inspect(certificate, Instant.now()) instanceof Fault fault ? Optional.of(fault) : Optional.empty();
    }

    /** Until when it is valid, also when that is over; empty when it cannot be read. */
    public static Optional<Instant> expiry(Credential.Certificate certificate) {
        return inspect(certificate, Instant.EPOCH) instanceof Usable usable
                ? Optional.of(usable.until())
                : Optional.empty();
    }

    /** Reads it anew and judges it by the time given. */
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
                return new Fault("certificate", file + " holds " + keys.size() + " private keys",
                        "Export exactly one certificate together with its private key");
            }
            if (!store.getKey(keys.getFirst(), password).getAlgorithm().equals("RSA")) {
                return new Fault("certificate", file + " holds a key that is not RSA",
                        "Create the certificate with an RSA key of 2048 bits or more; Entra takes no other");
            }
            return store.getCertificate(keys.getFirst()) instanceof X509Certificate x509
                    ? judge(file, x509, now)
                    : new Fault("certificate", file + " holds a private key without an X.509 certificate",
                            "Export certificate and private key together as .pfx");
        } catch (NoSuchFileException _) {
            return new Fault("certificate", "there is no file " + file, "Set the path of the PKCS#12 file (.pfx)");
        } catch (IOException e) {
            return e.getCause() instanceof UnrecoverableKeyException
                    ? new Fault("certificate-password", "does not open " + file,
                            certificate.password() == null
                                    ? "Set the password that the file was exported with"
                                    : "Set the password that the file was exported with, or none for a file without")
                    : new Fault("certificate", file + " cannot be read as PKCS#12 (" + e.getMessage() + ")",
                            "Export certificate and private key as .pfx; a .cer, .crt or .pem file has no private key");
        } catch (GeneralSecurityException e) {
            return new Fault("certificate", file + " cannot be used (" + e.getMessage() + ")",
                    "Export certificate and private key as .pfx again");
        }
    }

    private static Inspection judge(String file, X509Certificate x509, Instant now) throws GeneralSecurityException {
        Instant until = x509.getNotAfter().toInstant();
        if (until.isBefore(now)) {
            return new Fault("certificate", file + " holds a certificate that expired on " + until,
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
            throw new IllegalStateException("The key store was loaded a line ago", e);
        }
    }
}
