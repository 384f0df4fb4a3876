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

/** Looks every hour when the credentials expire, and warns 30, 14, 7 and 1 days ahead: each process once for each. */
public class CredentialMonitor {

    private static final Logger log = LoggerFactory.getLogger(CredentialMonitor.class);

    private final List<WatchedCredential> credentials;
    private final InstantSource clock;
    private final Map<WatchedCredential, Instant> expiries = new ConcurrentHashMap<>();
    private final Map<WatchedCredential, Stage> told = new ConcurrentHashMap<>();

    CredentialMonitor(Connectors connectors, InstantSource clock) {
        this.credentials = connectors.all().stream().flatMap(WatchedCredential::of).toList();
        this.clock = clock;
    }

    List<WatchedCredential> credentials() {
        return credentials;
    }

    /** The credentials of one connector. */
    public List<ExpiringCredential> of(Connector connector) {
        return credentials.stream()
                .filter(credential -> credential.connector().equals(connector.name()))
                .map(this::told)
                .toList();
    }

    private ExpiringCredential told(WatchedCredential credential) {
        Instant expires = expires(credential).orElse(null);
        return new ExpiringCredential(credential.use(), credential.kind(), expires,
                expires == null ? Stage.FAR : Stage.of(expires, clock.instant()));
    }

    /** As the last look found it; empty = unknown. */
    Optional<Instant> expires(WatchedCredential credential) {
        return Optional.ofNullable(expiries.get(credential));
    }

    /** Days until it expires, negative afterwards; NaN = unknown. */
    double daysLeft(WatchedCredential credential) {
        return expires(credential).map(until -> Duration.between(clock.instant(), until).toSeconds() / 86_400.0)
                .orElse(Double.NaN);
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void look() {
        for (WatchedCredential credential : credentials) {
            Optional<Instant> expires = credential.expires();
            if (expires.isEmpty()) {
                // a file that is being replaced is there again at the next look; a token request tells what is wrong with it
                expiries.remove(credential);
                continue;
            }
            expiries.put(credential, expires.get());
            tell(credential, expires.get());
        }
    }

    private void tell(WatchedCredential credential, Instant expires) {
        Stage now = Stage.of(expires, clock.instant());
        Stage before = told.getOrDefault(credential, Stage.FAR);
        told.put(credential, now);
        if (!now.isNearerThan(before)) {
            return;
        }
        String what = "the " + credential.kind() + " for " + credential.use();
        if (now == Stage.EXPIRED) {
            log.warn("{}: {} expired on {}; Entra gives no token for it any more. Register a new one and replace it",
                    credential.connector(), what, expires);
        } else {
            log.warn("{}: {} expires on {}, in {} days. Register a new one in Entra beside it, and replace it",
                    credential.connector(), what, expires,
                    Duration.between(clock.instant(), expires).toDays());
        }
    }
}
