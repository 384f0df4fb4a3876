package io.acmpintune.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Creates the keys and certificates of one simulator. They last as long as the process. */
final class Certificates {

    private static final SecureRandom RANDOM = new SecureRandom();
    /** Four simulators in a row, with two key pairs each, share none. */
    private static final int RSA_KEYS = 8;
    private static final Map<Integer, KeyPair> RSA = new ConcurrentHashMap<>();
    private static final AtomicInteger USES = new AtomicInteger();

    private final Instant now;

    Certificates(Instant now) {
        this.now = now;
    }

    /** A certificate with its private key. */
    record Identity(X509Certificate certificate, PrivateKey key) {}

    /**
     * Returns a 2,048-bit key pair. Generating one takes 100 ms to seconds, so a process with many simulators, such as
     * one that runs tests, reuses a few pairs.
     */
    static KeyPair rsaKeys() {
        return RSA.computeIfAbsent(USES.getAndIncrement() % RSA_KEYS, _ -> keys("RSA", 2048));
    }

    Identity authority() {
        KeyPair keys = keys("EC", 256);
        var name = new X500Name("CN=Simulator Private CA");
        return issue(name, keys, name, keys, "SHA256withECDSA", builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        });
    }

    Identity server(Identity authority, List<GeneralName> names) {
        KeyPair issuer = new KeyPair(authority.certificate().getPublicKey(), authority.key());
        return issue(new X500Name("CN=Simulator Private CA"), issuer, new X500Name("CN=localhost"), keys("EC", 256),
                "SHA256withECDSA", builder -> builder.addExtension(Extension.subjectAlternativeName, false,
                        new GeneralNames(names.toArray(GeneralName[]::new))));
    }

    /** Returns a self-signed certificate, as administrators create them for an application. */
    Identity application(KeyPair keys) {
        var name = new X500Name("CN=ACMP Intune Connector");
        return issue(name, keys, name, keys, "SHA256withRSA", builder -> builder.addExtension(Extension.keyUsage, true,
                new KeyUsage(KeyUsage.digitalSignature)));
    }

    static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                            .encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate cannot be encoded", e);
        }
    }

    private interface Extensions {
        void addTo(X509v3CertificateBuilder builder) throws IOException;
    }

    private Identity issue(X500Name issuer, KeyPair issuerKeys, X500Name subject, KeyPair keys, String algorithm,
            Extensions extensions) {
        try {
            var builder = new JcaX509v3CertificateBuilder(issuer, new BigInteger(127, RANDOM),
                    Date.from(now.minus(Duration.ofDays(1))), Date.from(now.plus(Duration.ofDays(365))), subject,
                    keys.getPublic());
            extensions.addTo(builder);
            var signer = new JcaContentSignerBuilder(algorithm).build(issuerKeys.getPrivate());
            return new Identity(new JcaX509CertificateConverter().getCertificate(builder.build(signer)),
                    keys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("the certificate of " + subject + " cannot be made", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the certificate of " + subject + " cannot be encoded", e);
        }
    }

    private static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits, RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot make keys for " + algorithm, e);
        }
    }
}
