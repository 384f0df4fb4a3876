package io.acmpintune.engine.publication;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * How a client stands in one ACMP server: what the prints say, without the records.
 *
 * @param removed whether its device has left Intune
 * @param removedAt since when; null = not known, or not removed
 * @param origin null = the server is not known to have it
 * @param lookedUp whether the server was asked for it
 * @param client what the server has of its client record
 * @param mobileDevice what the server has of its mobile-device record
 * @param stableSame whether the server has what does not change with each synchronization
 * @param knownRemoved whether the server knows that its device has left Intune
 * @param parked whether the server has refused it as it is
 * @param taken whether another client is the server's record of its id
 * @param counted guards that have counted it lately
 * @param decisions what persons decided about it as it is
 */
record ClientState(UUID id, boolean removed, @Nullable Instant removedAt, @Nullable Origin origin, boolean lookedUp,
        Known client, Known mobileDevice, boolean stableSame, boolean knownRemoved, boolean parked, boolean taken,
        Set<Guard> counted, Map<Guard, Decision> decisions) {

    /** What a server has of a record. */
    enum Known {
        ABSENT, OUTDATED, CURRENT
    }

    /** What a person decided about a hold. */
    enum Decision {
        RELEASED, REJECTED
    }

    ClientState {
        counted = Set.copyOf(counted);
        decisions = Map.copyOf(decisions);
    }

    /** Whether it is known whether the server has it: it was asked, or it told. */
    boolean isLookedUp() {
        return lookedUp || origin != null;
    }
}
