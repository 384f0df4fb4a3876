package io.acmpintune.connector.tenant;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.MsalException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;

/**
 * One connector's access token. msal4j asks for it; this holds it, since msal4j's own cache has no single flight and never
 * hits for an authority with a port, and its default time-outs are endless.
 */
public final class AccessTokens {

    private static final Logger log = LoggerFactory.getLogger(AccessTokens.class);
    private static final Duration EARLY = Duration.ofMinutes(5);
    /** Between attempts to renew a token that is good for a while yet. */
    private static final Duration RENEW_AGAIN = Duration.ofSeconds(30);
    /** For a request that is made with it now. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Connector connector;
    private final EntraHttpClient http;
    private final InstantSource clock;
    private final ReentrantLock flight = new ReentrantLock();
    private volatile @Nullable CachedToken held;

    /** What Entra is asked with, and by what it is told from another. */
    private record LoadedCredential(IClientCredential credential, String fingerprint) {}

    private record CachedToken(String token, Instant renewFrom, Instant expires) {}

    public AccessTokens(Connector connector, @Nullable SslBundle tls, InstantSource clock) {
        this.connector = connector;
        this.http = new EntraHttpClient(connector.proxy(), tls);
        this.clock = clock;
    }

    /**
     * A token that is good for some minutes at least.
     *
     * @throws AccessTokenException when Entra gives none, with what to do
     */
    public String token() {
        CachedToken now = held;
        if (now != null && clock.instant().isBefore(now.renewFrom())) {
            return now.token();
        }
        flight.lock();
        try {
            CachedToken meanwhile = held;
            if (meanwhile != null && clock.instant().isBefore(meanwhile.renewFrom())) {
                return meanwhile.token();
            }
            CachedToken fresh = meanwhile == null ? acquire() : renewed(meanwhile);
            held = fresh;
            return fresh.token();
        } finally {
            flight.unlock();
        }
    }

    /** Trusts the bundle as it is now. */
    public void trust(SslBundle tls) {
        http.trust(tls);
    }

    /** Forgets a token that Graph refused, so that the next is a new one. */
    public void refused(String token) {
        CachedToken now = held;
        if (now != null && now.token().equals(token)) {
            held = null;
        }
    }

    /** A renewal that fails, as while a certificate is being replaced, fails no request for some minutes. */
    private CachedToken renewed(CachedToken before) {
        try {
            return acquire();
        } catch (AccessTokenException e) {
            Instant now = clock.instant();
            if (!now.plus(MARGIN).isBefore(before.expires())) {
                throw e;
            }
            log.warn("{} The one at hand is used on; it ends at {}", e.getMessage(), before.expires());
            return new CachedToken(before.token(), now.plus(RENEW_AGAIN), before.expires());
        }
    }

    private CachedToken acquire() {
        LoadedCredential material = material();
        try {
            return ask(material);
        } catch (AccessTokenException e) {
            if (!e.isCredentialRejected()) {
                throw e;
            }
            LoadedCredential now = material();
            if (now.fingerprint().equals(material.fingerprint())) {
                throw e;
            }
            log.info("{}'s credential was replaced while Entra was asked with the one before; it is asked again",
                    connector);
            return ask(now);
        }
    }

    private CachedToken ask(LoadedCredential material) {
        // A new application each time: it brings no cache of its own.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String authority = connector.endpoints().login() + "/" + connector.tenantId() + "/";
            IAuthenticationResult result = ConfidentialClientApplication
                    .builder(connector.clientId().toString(), material.credential())
                    .authority(authority)
                    .instanceDiscovery(false)
                    .httpClient(http)
                    .executorService(threads)
                    .build()
                    .acquireToken(
                            ClientCredentialParameters.builder(Set.of(connector.endpoints().graph() + "/.default"))
                                    .build())
                    .join();
            return held(result.accessToken(), result.expiresOnDate().toInstant());
        } catch (CompletionException e) {
            throw none(e.getCause() == null ? e : e.getCause());
        } catch (MsalException | MalformedURLException e) {
            throw none(e);
        }
    }

    private AccessTokenException none(Throwable cause) {
        return new AccessTokenException(connector.name(), EntraProblems.of(connector, cause),
                EntraProblems.isCredentialRejected(cause));
    }

    private CachedToken held(String token, Instant expires) {
        log.info("{} has an access token until {}", connector, expires);
        Instant now = clock.instant();
        Instant early = expires.minus(EARLY);
        // a token that lives shorter than the margin is used for half of its life
        return new CachedToken(token,
                early.isAfter(now) ? early : now.plus(Duration.between(now, expires).dividedBy(2)),
                expires);
    }

    /** The credential as it is stored now. */
    private LoadedCredential material() {
        try {
            return switch (connector.credential()) {
                case Credential.Certificate(var source, var password) -> {
                    byte[] pkcs12;
                    try (InputStream in = source.open()) {
                        pkcs12 = in.readAllBytes();
                    }
                    yield new LoadedCredential(
                            ClientCredentialFactory.createFromCertificate(new ByteArrayInputStream(pkcs12),
                                    password == null ? "" : password),
                            fingerprint(pkcs12));
                }
                case Credential.ClientSecret(var source, _) -> {
                    String secret = source.read();
                    yield new LoadedCredential(ClientCredentialFactory.createFromSecret(secret),
                            fingerprint(secret.getBytes(StandardCharsets.UTF_8)));
                }
            };
        } catch (IOException | GeneralSecurityException | MsalException | IllegalArgumentException e) {
            throw new AccessTokenException(connector.name(), EntraProblems.unusable(connector, e), false);
        }
    }

    private static String fingerprint(byte[] content) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
