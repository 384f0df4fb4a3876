package io.acmpintune.simulator.entra;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/** Issues and verifies access tokens. */
public final class AccessTokens {

    private final String keyId;
    private final RSASSASigner signer;
    private final RSASSAVerifier verifier;
    private final InstantSource clock;
    private final Duration lifetime;
    private final Set<String> good = ConcurrentHashMap.newKeySet();

    public AccessTokens(KeyPair keys, InstantSource clock, Duration lifetime) {
        this.keyId = UUID.nameUUIDFromBytes(keys.getPublic().getEncoded()).toString();
        this.signer = new RSASSASigner(keys.getPrivate());
        this.verifier = new RSASSAVerifier((RSAPublicKey) keys.getPublic());
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** The result of verifying a bearer token. */
    public sealed interface Check {

        /**
         * The token is valid.
         *
         * @param application client id of the application that it was issued to
         * @param roles the application permissions in the token
         */
        record Valid(String application, Set<String> roles) implements Check {}

        record Malformed() implements Check {}

        record BadSignature() implements Check {}

        record Expired() implements Check {}

        record Revoked() implements Check {}

        record WrongAudience(String audience) implements Check {}
    }

    /**
     * Issues a signed token for Graph or another resource.
     *
     * @param authentication "1" for a secret, "2" for a certificate (claim {@code appidacr})
     */
    String issue(Registration application, String resource, String authentication) {
        Instant now = clock.instant();
        String servicePrincipal = UUID.nameUUIDFromBytes(("sp" + application.clientId()).getBytes(
                StandardCharsets.UTF_8)).toString();
        String id = UUID.randomUUID().toString();
        good.add(id);
        JWTClaimsSet claims = new JWTClaimsSet.Builder().audience(resource)
                .issuer("https://sts.windows.net/" + application.tenantId() + "/")
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .subject(servicePrincipal)
                .claim("app_displayname", "ACMP Intune Connector")
                .claim("appid", application.clientId().toString())
                .claim("appidacr", authentication)
                .claim("idtyp", "app")
                .claim("oid", servicePrincipal)
                .claim("roles", application.roles().stream().sorted().toList())
                .claim("tid", application.tenantId().toString())
                .claim("uti", id)
                .claim("ver", "1.0")
                .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(keyId).build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("the simulator's own signing key does not sign", e);
        }
        return token.serialize();
    }

    /**
     * Verifies a bearer token for a resource.
     *
     * @param resources the audiences that the resource accepts
     */
    public Check check(String bearer, Set<String> resources) {
        try {
            SignedJWT token = SignedJWT.parse(bearer);
            if (!JWSAlgorithm.RS256.equals(token.getHeader().getAlgorithm()) || !token.verify(verifier)) {
                return new Check.BadSignature();
            }
            JWTClaimsSet claims = token.getJWTClaimsSet();
            Instant expires = claims.getExpirationTime().toInstant();
            if (!clock.instant().isBefore(expires)) {
                return new Check.Expired();
            }
            if (!good.contains(claims.getStringClaim("uti"))) {
                return new Check.Revoked();
            }
            String audience = String.join(" ", claims.getAudience());
            if (!resources.contains(audience)) {
                return new Check.WrongAudience(audience);
            }
            List<String> roles = claims.getStringListClaim("roles");
            return new Check.Valid(claims.getStringClaim("appid"), roles == null ? Set.of() : Set.copyOf(roles));
        } catch (ParseException e) {
            return new Check.Malformed();
        } catch (JOSEException e) {
            return new Check.BadSignature();
        }
    }

    /** Revokes all tokens issued until now. */
    public void revoke() {
        good.clear();
    }

    Duration lifetime() {
        return lifetime;
    }
}
