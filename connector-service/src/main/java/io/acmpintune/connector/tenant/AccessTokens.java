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
 * Requests and caches the access token of one application. msal4j's own cache lets concurrent callers request several tokens and
 * never hits for an authority with a port, and its default time-outs are infinite.
 */
public final class AccessTokens {

    private static final Logger log = LoggerFactory.getLogger(AccessTokens.class);
    private static final Duration RENEW_BEFORE_EXPIRY = Duration.ofMinutes(5);
    /** Between failed attempts to renew a token that is still valid. */
    private static final Duration RENEWAL_RETRY = Duration.ofSeconds(30);
    /** Time a request needs at most to arrive with the token. */
    private static final Duration MIN_VALIDITY = Duration.ofMinutes(1);

    private final Connector connector;
    private final EntraHttpClient http;
    private final InstantSource clock;
    private final ReentrantLock renewal = new ReentrantLock();
    private volatile @Nullable CachedToken cached;

    /** @param fingerprint tells whether the credential was replaced */
    private record LoadedCredential(IClientCredential credential, String fingerprint) {}

    private record CachedToken(String token, Instant renewFrom, Instant expires) {}

    public AccessTokens(Connector connector, @Nullable SslBundle tls, InstantSource clock) {
        this.connector = connector;
        this.http = new EntraHttpClient(connector.proxy(), tls);
        this.clock = clock;
    }

    /**
     * Returns a token that is valid for at least a minute.
     *
     * @throws AccessTokenException when Entra issues none, with a remedy
     */
    public String token() {
        CachedToken now = cached;
        if (now != null && clock.instant().isBefore(now.renewFrom())) {
            return now.token();
        }
        renewal.lock();
        try {
            CachedToken meanwhile = cached;
            if (meanwhile != null && clock.instant().isBefore(meanwhile.renewFrom())) {
                return meanwhile.token();
            }
            CachedToken fresh = meanwhile == null ? acquire() : renew(meanwhile);
            cached = fresh;
            return fresh.token();
        } finally {
            renewal.unlock();
        }
    }

    /** Trusts the changed bundle from the next connection on. */
    public void updateTrust(SslBundle tls) {
        http.updateTrust(tls);
    }

    /** Discards a token that Graph refused. */
    public void invalidate(String token) {
        CachedToken now = cached;
        if (now != null && now.token().equals(token)) {
            cached = null;
        }
    }

    /** Renews a token. While the old one is valid, a failure, such as during the replacement of a certificate, is only logged. */
    private CachedToken renew(CachedToken previous) {
        try {
            return acquire();
        } catch (AccessTokenException e) {
            Instant now = clock.instant();
            if (!now.plus(MIN_VALIDITY).isBefore(previous.expires())) {
                throw e;
            }
            log.warn("Could not renew the access token, still using the present one: {} (expiresAt={})", e.getMessage(),
                    previous.expires());
            return new CachedToken(previous.token(), now.plus(RENEWAL_RETRY), previous.expires());
        }
    }

    private CachedToken acquire() {
        LoadedCredential credential = load();
        try {
            return request(credential);
        } catch (AccessTokenException e) {
            if (!e.isCredentialRejected()) {
                throw e;
            }
            LoadedCredential now = load();
            if (now.fingerprint().equals(credential.fingerprint())) {
                throw e;
            }
            log.info("The credential was replaced during the request, retrying (connector={})", connector);
            return request(now);
        }
    }

    private CachedToken request(LoadedCredential credential) {
        // a new application each time, so that msal4j caches nothing
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String authority = connector.endpoints().login() + "/" + connector.tenantId() + "/";
            IAuthenticationResult result = ConfidentialClientApplication
                    .builder(connector.clientId().toString(), credential.credential())
                    .authority(authority)
                    .instanceDiscovery(false)
                    .httpClient(http)
                    .executorService(threads)
                    .build()
                    .acquireToken(
                            ClientCredentialParameters.builder(Set.of(connector.endpoints().graph() + "/.default"))
                                    .build())
                    .join();
            return cachedToken(result.accessToken(), result.expiresOnDate().toInstant());
        } catch (CompletionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (MsalException | MalformedURLException e) {
            throw failure(e);
        }
    }

    private AccessTokenException failure(Throwable cause) {
        return new AccessTokenException(connector.name(), EntraProblems.of(connector, cause),
                EntraProblems.isCredentialRejected(cause));
    }

    private CachedToken cachedToken(String token, Instant expires) {
        log.info("Obtained an access token (connector={}, expiresAt={})", connector, expires);
        Instant now = clock.instant();
        Instant renewFrom = expires.minus(RENEW_BEFORE_EXPIRY);
        // a token with a shorter life is renewed after half of it
        return new CachedToken(token,
                renewFrom.isAfter(now) ? renewFrom : now.plus(Duration.between(now, expires).dividedBy(2)),
                expires);
    }

    /** Loads the credential as it is stored now. */
    private LoadedCredential load() {
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
