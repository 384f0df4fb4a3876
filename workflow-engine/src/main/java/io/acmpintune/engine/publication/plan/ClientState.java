package io.acmpintune.engine.publication.plan;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * State of a client in one ACMP server, as its fingerprints show it; the records themselves are not part of it.
 *
 * @param removed whether its device has left Intune
 * @param removedAt when its device left Intune; null = unknown, or not removed
 * @param origin null = the server is not known to have it
 * @param lookedUp whether it was looked up in the server
 * @param clientRecord state of its client record in the server
 * @param mobileRecord state of its mobile-device record in the server
 * @param stableCurrent whether the server has the current fields, apart from those that change with every synchronization
 * @param knownRemoved whether the server knows that its device has left Intune
 * @param parked whether the server has refused it in its current version
 * @param idTaken whether the server keeps another client under its id
 * @param recentlyCounted guards that have counted it recently
 * @param decisions decisions about its current version
 */
public record ClientState(UUID id, boolean removed, @Nullable Instant removedAt, @Nullable Origin origin,
        boolean lookedUp, RecordState clientRecord, RecordState mobileRecord, boolean stableCurrent,
        boolean knownRemoved, boolean parked, boolean idTaken, Set<Guard> recentlyCounted,
        Map<Guard, Decision> decisions) {

    /** State of a record in a server. */
    public enum RecordState {
        ABSENT, OUTDATED, CURRENT
    }

    /** An administrator's decision about a hold. */
    public enum Decision {
        RELEASED, REJECTED
    }

    public ClientState {
        recentlyCounted = Set.copyOf(recentlyCounted);
        decisions = Map.copyOf(decisions);
    }

    /** Returns whether it is known if the server has the client. */
    boolean isPresenceKnown() {
        return lookedUp || origin != null;
    }
}
