package io.acmpintune.connector.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Connectors;
import io.acmpintune.model.ExpiringCredential;
import io.acmpintune.model.ExpiringCredential.Stage;

/** Checks hourly when the credentials expire, and logs a warning 30, 14, 7 and 1 days ahead, once per process. */
public class CredentialMonitor {

    private static final Logger log = LoggerFactory.getLogger(CredentialMonitor.class);

    private final List<WatchedCredential> credentials;
    private final InstantSource clock;
    private final Map<WatchedCredential, Instant> expiries = new ConcurrentHashMap<>();
    private final Map<WatchedCredential, Stage> warned = new ConcurrentHashMap<>();

    CredentialMonitor(Connectors connectors, InstantSource clock) {
        this.credentials = connectors.all().stream().flatMap(WatchedCredential::of).toList();
        this.clock = clock;
    }

    List<WatchedCredential> all() {
        return credentials;
    }

    /** Returns the credentials of one connector. */
    public List<ExpiringCredential> of(Connector connector) {
        return credentials.stream()
                .filter(credential -> credential.connector().equals(connector.name()))
                .map(this::expiring)
                .toList();
    }

    private ExpiringCredential expiring(WatchedCredential credential) {
        Instant expires = expiry(credential).orElse(null);
        return new ExpiringCredential(credential.use(), credential.kind(), expires,
                expires == null ? Stage.FAR : Stage.of(expires, clock.instant()));
    }

    /** Returns the expiry found by the last check; empty = unknown. */
    Optional<Instant> expiry(WatchedCredential credential) {
        return Optional.ofNullable(expiries.get(credential));
    }

    /** Returns the days until it expires, negative after that; NaN = unknown. */
    double daysLeft(WatchedCredential credential) {
        return expiry(credential).map(until -> Duration.between(clock.instant(), until).toSeconds() / 86_400.0)
                .orElse(Double.NaN);
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void check() {
        for (WatchedCredential credential : credentials) {
            Optional<Instant> expires = credential.expires();
            if (expires.isEmpty()) {
                // a file being replaced is back at the next check; otherwise the next token request reports the fault
                expiries.remove(credential);
                continue;
            }
            expiries.put(credential, expires.get());
            warn(credential, expires.get());
        }
    }

    private void warn(WatchedCredential credential, Instant expires) {
        Stage now = Stage.of(expires, clock.instant());
        Stage before = warned.getOrDefault(credential, Stage.FAR);
        warned.put(credential, now);
        if (!now.isNearerThan(before)) {
            return;
        }
        if (now == Stage.EXPIRED) {
            log.warn("The credential has expired and must be replaced (connector={}, use={}, kind={}, expiredAt={})",
                    credential.connector(), credential.use(), credential.kind(), expires);
        } else {
            log.warn(
                    "The credential expires soon and should be replaced (connector={}, use={}, kind={}, expiresAt={}, daysLeft={})",
                    credential.connector(), credential.use(), credential.kind(), expires,
                    Duration.between(clock.instant(), expires).toDays());
        }
    }
}
