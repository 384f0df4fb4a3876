package io.acmpintune.connector.tenant;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.MsalException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connector's access token. msal4j asks for it; this holds it, since msal4j's own cache has no single flight and never
 * hits for an authority with a port, and its default time-outs are endless.
 */
public final class AccessTokens {

    private static final Logger log = LoggerFactory.getLogger(AccessTokens.class);
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 30_000;

    private final Connector connector;
    private final @Nullable SSLContext tls;
    private final InstantSource clock;
    private final ReentrantLock flight = new ReentrantLock();
    private volatile @Nullable Held held;

    private record Held(String token, Instant renewFrom) {}

    public AccessTokens(Connector connector, @Nullable SSLContext tls, InstantSource clock) {
        this.connector = connector;
        this.tls = tls;
        this.clock = clock;
    }

    /**
     * A token that is good for some minutes at least.
     *
     * @throws NoAccessToken when Entra gives none, with what to do
     */
    public String token() {
        Held now = held;
        if (now != null && clock.instant().isBefore(now.renewFrom())) {
            return now.token();
        }
        flight.lock();
        try {
            Held meanwhile = held;
            if (meanwhile != null && clock.instant().isBefore(meanwhile.renewFrom())) {
                return meanwhile.token();
            }
            Held fresh = acquire();
            held = fresh;
            return fresh.token();
        } finally {
            flight.unlock();
        }
    }

    /** Forgets a token that Graph refused, so that the next is a new one. */
    public void refused(String token) {
        Held now = held;
        if (now != null && now.token().equals(token)) {
            held = null;
        }
    }

    private Held acquire() {
        IClientCredential credential = credential();
        // A new application each time: it reads the certificate file anew and brings no cache of its own.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String authority = connector.endpoints().login() + "/" + connector.tenantId() + "/";
            var builder = ConfidentialClientApplication.builder(connector.clientId().toString(), credential)
                    .authority(authority)
                    .instanceDiscovery(false)
                    .connectTimeoutForDefaultHttpClient(CONNECT_MILLIS)
                    .readTimeoutForDefaultHttpClient(READ_MILLIS)
                    .executorService(threads);
            if (tls != null) {
                builder.sslSocketFactory(tls.getSocketFactory());
            }
            IAuthenticationResult result = builder.build()
                    .acquireToken(
                            ClientCredentialParameters.builder(Set.of(connector.endpoints().graph() + "/.default"))
                                    .build())
                    .join();
            return held(result.accessToken(), result.expiresOnDate().toInstant());
        } catch (CompletionException e) {
            throw new NoAccessToken(connector.name(),
                    EntraProblem.of(connector, e.getCause() == null ? e : e.getCause()));
        } catch (MsalException | MalformedURLException e) {
            throw new NoAccessToken(connector.name(), EntraProblem.of(connector, e));
        }
    }

    private Held held(String token, Instant expires) {
        log.info("{} has an access token until {}", connector, expires);
        Instant now = clock.instant();
        Instant early = expires.minus(EARLY);
        // a token that lives shorter than the margin is used for half of its life
        return new Held(token, early.isAfter(now) ? early : now.plus(Duration.between(now, expires).dividedBy(2)));
    }

    private IClientCredential credential() {
        try {
            return switch (connector.credential()) {
                case Credential.Certificate(var source, var password) -> {
                    try (InputStream in = source.open()) {
                        yield ClientCredentialFactory.createFromCertificate(in, password == null ? "" : password);
                    }
                }
                case Credential.ClientSecret(var value) -> ClientCredentialFactory.createFromSecret(value);
            };
        } catch (IOException | GeneralSecurityException | MsalException | IllegalArgumentException e) {
            throw new NoAccessToken(connector.name(), EntraProblem.unusable(connector, e));
        }
    }
}
