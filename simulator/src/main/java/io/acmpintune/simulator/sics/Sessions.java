package io.acmpintune.simulator.sics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The open sessions, each of which expires some time after its last use. */
final class Sessions {

    private final Map<String, Instant> lastUse = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Duration lifetime;

    Sessions(InstantSource clock, Duration lifetime) {
        this.clock = clock;
        this.lifetime = lifetime;
    }

    String open() {
        Instant now = clock.instant();
        lastUse.values().removeIf(used -> dead(used, now));
        String token = UUID.randomUUID().toString().replace("-", "");
        lastUse.put(token, now);
        return token;
    }

    /** Returns whether the session is alive, and extends it. */
    boolean use(String token) {
        Instant now = clock.instant();
        return lastUse.computeIfPresent(token, (t, used) -> dead(used, now) ? null : now) != null;
    }

    void endAll() {
        lastUse.clear();
    }

    private boolean dead(Instant used, Instant now) {
        return !now.isBefore(used.plus(lifetime));
    }
}
