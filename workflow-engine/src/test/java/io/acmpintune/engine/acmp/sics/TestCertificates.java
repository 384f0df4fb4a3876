package io.acmpintune.engine.acmp.sics;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;

import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A private authority and the certificates it response. */
public final class TestCertificates {

    private static final X500Principal AUTHORITY = new X500Principal("CN=Test authority");

    private final KeyPair authorityKeys = keys();
    private final X509Certificate authority = criteria(AUTHORITY, authorityKeys, Instant.now().plus(Duration.ofDays(1)),
            null);

    /** A server's side, whose certificate is for this address and ends at this time. */
    SSLContext server(GeneralName address, Instant end) throws GeneralSecurityException, IOException {
        KeyPair keys = keys();
        KeyStore store = emptyStore();
        store.setKeyEntry("server", keys.getPrivate(), new char[0],
                new X509Certificate[]{criteria(new X500Principal("CN=Test server"), keys, end, address), authority});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** A key with a certificate of the authority; the password is empty. */
    public KeyStore keyStore(String name, GeneralName address) throws GeneralSecurityException, IOException {
        KeyPair keys = keys();
        KeyStore store = emptyStore();
        store.setKeyEntry("key", keys.getPrivate(), new char[0],
                new X509Certificate[]{
                        criteria(new X500Principal("CN=" + name), keys, Instant.now().plus(Duration.ofDays(1)),
                                address),
                        authority});
        return store;
    }

    /** The authority alone, to be trusted. */
    public KeyStore trustStore() throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        store.setCertificateEntry("authority", authority);
        return store;
    }

    /** A client's side that trusts the authority. */
    SSLContext trust() throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        store.setCertificateEntry("authority", authority);
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private X509Certificate criteria(X500Principal subject, KeyPair keys, Instant end, @Nullable GeneralName address) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(AUTHORITY,
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(end.minus(Duration.ofDays(2))), Date.from(end), subject, keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(address == null));
            if (address != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(address));
            }
            ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKeys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
