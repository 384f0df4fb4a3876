package io.acmpintune.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import static org.assertj.core.api.Assertions.assertThat;

/** Signs in as the registered application; a test can change single parameters. */
final class TokenRequests {

    private final Simulator simulator;
    private final Web web = Web.plain();

    TokenRequests(Simulator simulator) {
        this.simulator = simulator;
    }

    String endpoint() {
        return simulator.httpUrl() + "/" + simulator.access().tenantId() + "/oauth2/v2.0/token";
    }

    /** Returns a form with the client secret, which a test can change. */
    Map<String, String> withSecret() {
        var form = new HashMap<String, String>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", simulator.access().clientId().toString());
        // MSAL for Java always requests these scopes.
        form.put("scope", "https://graph.microsoft.com/.default openid profile offline_access");
        form.put("client_secret", simulator.access().clientSecret());
        return form;
    }

    Map<String, String> withAssertion(String assertion) {
        Map<String, String> form = withSecret();
        form.remove("client_secret");
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion);
        return form;
    }

    Web.Reply ask(Map<String, String> form) {
        return web.postForm(endpoint(), form);
    }

    Map<String, String> bearer() {
        Web.Reply reply = ask(withSecret());
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return Map.of("Authorization", "Bearer " + reply.json().get("access_token").stringValue());
    }

    /** Returns the claims of a valid assertion. */
    JWTClaimsSet.Builder claims(Instant now) {
        String client = simulator.access().clientId().toString();
        return new JWTClaimsSet.Builder().issuer(client)
                .subject(client)
                .audience(endpoint())
                .jwtID(UUID.randomUUID().toString())
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))));
    }

    /** Returns an assertion like those of MSAL for Java: RS256, with the SHA-256 thumbprint in standard Base64. */
    String assertion(JWTClaimsSet claims) {
        return sign(JWSAlgorithm.RS256, "x5t#S256",
                Base64.getEncoder().encodeToString(thumbprint("SHA-256", certificate())), claims, key());
    }

    static String sign(JWSAlgorithm algorithm, String thumbprintName, String thumbprint, JWTClaimsSet claims,
            PrivateKey key) {
        try {
            JWSHeader header = JWSHeader
                    .parse(Map.<String, Object>of("alg", algorithm.getName(), "typ", "JWT", thumbprintName,
                            thumbprint));
            var jwt = new SignedJWT(header, claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException | java.text.ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    X509Certificate certificate() {
        try {
            return (X509Certificate) store().getCertificate("intune");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    PrivateKey key() {
        try {
            return (PrivateKey) store().getKey("intune", simulator.access().certificatePassword().toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] thumbprint(String digest, X509Certificate certificate) {
        try {
            return MessageDigest.getInstance(digest).digest(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore store() {
        try (InputStream in = Files.newInputStream(simulator.access().certificate())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, simulator.access().certificatePassword().toCharArray());
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
