package io.acmpintune.simulator.entra;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

/**
 * Checks a client assertion as Entra does; source: "Microsoft identity platform application authentication certificate
 * credentials". Entra's documentation asks for PS256 and {@code x5t#S256}; the older RS256 and SHA-1 {@code x5t} are
 * still accepted. MSAL for Java writes the thumbprint in standard instead of URL-safe Base64.
 */
final class AssertionCheck {

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256);
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Registration application;
    private final Map<String, Instant> usedIds = new ConcurrentHashMap<>();

    AssertionCheck(Registration application) {
        this.application = application;
    }

    /** @param audience the address of the token endpoint as the client used it */
    Optional<Refusal> refusal(String assertion, String audience, Instant now) {
        SignedJWT jwt;
        JWTClaimsSet claims;
        try {
            jwt = SignedJWT.parse(assertion);
            claims = jwt.getJWTClaimsSet();
        } catch (ParseException e) {
            return Optional.of(Refusal.invalidRequest(50027, "JWT token is invalid or malformed."));
        }
        return key(jwt, now).or(() -> parties(claims, audience))
                .or(() -> times(claims, now))
                .or(() -> once(claims, now));
    }

    private Optional<Refusal> key(SignedJWT jwt, Instant now) {
        if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
            return Optional.of(Refusal.invalidClient(5002730,
                    "Invalid JWT token. Unsupported key for the signing algorithm '" + jwt.getHeader().getAlgorithm()
                            + "'."));
        }
        X509Certificate certificate = application.certificate();
        Map<String, Object> header = jwt.getHeader().toJSONObject();
        String sha256 = Objects.toString(header.get("x5t#S256"), "");
        String sha1 = Objects.toString(header.get("x5t"), "");
        boolean found = sha256.isEmpty()
                ? isThumbprint(sha1, "SHA-1", certificate)
                : isThumbprint(sha256, "SHA-256", certificate);
        if (!found) {
            return Optional.of(badKey("The key was not found.", sha256.isEmpty() ? sha1 : sha256));
        }
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return Optional.of(badKey("The key used is expired.", sha256.isEmpty() ? sha1 : sha256));
        }
        try {
            if (jwt.verify(new RSASSAVerifier((RSAPublicKey) certificate.getPublicKey()))) {
                return Optional.empty();
            }
        } catch (JOSEException unverifiable) {
            // Falls through to the refusal: what cannot be verified counts as not signed.
        }
        return Optional.of(badKey("Client assertion failed signature validation.", sha256.isEmpty() ? sha1 : sha256));
    }

    private Refusal badKey(String reason, String thumbprint) {
        return Refusal.invalidClient(700027, """
                The certificate with identifier used to sign the client assertion is not registered on application. \
                [Reason - %s, Thumbprint of key used by client: '%s', Please visit the Azure Portal, Graph Explorer or \
                directly use MS Graph to see configured keys for app Id '%s'.]""".formatted(reason, hex(thumbprint),
                application.clientId()));
    }

    private Optional<Refusal> parties(JWTClaimsSet claims, String audience) {
        String client = application.clientId().toString();
        if (!client.equalsIgnoreCase(claims.getIssuer()) || !client.equalsIgnoreCase(claims.getSubject())) {
            return Optional.of(Refusal.invalidClient(700021,
                    "Client assertion application identifier doesn't match 'client_id' parameter."));
        }
        if (claims.getAudience().stream().noneMatch(audience::equalsIgnoreCase)) {
            return Optional.of(Refusal.invalidClient(700023,
                    "Client assertion audience claim does not match Realm issuer. Review the documentation at "
                            + "https://learn.microsoft.com/entra/identity-platform/certificate-credentials."));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> times(JWTClaimsSet claims, Instant now) {
        @Nullable
        Date from = claims.getNotBeforeTime();
        @Nullable
        Date until = claims.getExpirationTime();
        if (from == null || until == null || now.plus(SKEW).isBefore(from.toInstant())
                || now.minus(SKEW).isAfter(until.toInstant())) {
            return Optional.of(Refusal.invalidClient(700024,
                    "Client assertion is not within its valid time range. Current time: " + now
                            + ", assertion valid from "
                            + (from == null ? "(missing)" : from.toInstant()) + ", expiry time of assertion "
                            + (until == null ? "(missing)" : until.toInstant()) + "."));
        }
        return Optional.empty();
    }

    private Optional<Refusal> once(JWTClaimsSet claims, Instant now) {
        @Nullable
        String id = claims.getJWTID();
        if (id == null || id.isBlank()) {
            return Optional
                    .of(Refusal.invalidRequest(50027, "JWT token is invalid or malformed. Claim 'jti' is missing."));
        }
        usedIds.values().removeIf(now::isAfter);
        Instant forgotten = claims.getExpirationTime().toInstant().plus(SKEW);
        return usedIds.putIfAbsent(id, forgotten) == null
                ? Optional.empty()
                : Optional.of(
                        Refusal.invalidClient(50012, "Authentication failed: the client assertion was used before."));
    }

    private static boolean isThumbprint(String base64, String digest, X509Certificate certificate) {
        return decoded(base64).filter(given -> Arrays.equals(given, digestOf(certificate, digest))).isPresent();
    }

    private static String hex(String thumbprint) {
        return decoded(thumbprint).map(HexFormat.of().withUpperCase()::formatHex).orElse("");
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(base64.replace('+', '-').replace('/', '_')));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static byte[] digestOf(X509Certificate certificate, String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " of the registered certificate cannot be computed", e);
        }
    }
}
