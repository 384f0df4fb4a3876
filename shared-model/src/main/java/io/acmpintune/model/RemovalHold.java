package io.acmpintune.model;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceId;

/**
 * Removals that are too many to be believed: devices that two full scans in a row did not see, more of them than 50 and than
 * 5 % of all. Nothing of it happens before an operator releases it.
 *
 * @param known devices known when the scan wanted to remove these
 */
public record RemovalHold(long id, State state, Instant since, int known, List<DeviceId> devices,
        @Nullable String decidedBy, @Nullable Instant decidedAt) {

    public RemovalHold {
        devices = List.copyOf(devices);
    }

    /** How a hold stands. */
    public enum State {
        /** Waits for an operator; the next full scan says anew what is to be held. */
        HELD,
        /** The next full scan may remove them, each after a single read that answers 404. */
        RELEASED,
        /** Released, and a full scan has acted on it. */
        USED,
        /** They stay. */
        REJECTED
    }

    /**
     * An operator's decision.
     *
     * @param release whether they may be removed
     * @param decidedBy the operator, 1 to 200 characters
     */
    public record Decision(boolean release, String decidedBy) {
        public Decision {
            if (decidedBy.isBlank() || decidedBy.length() > 200) {
                throw new IllegalArgumentException("decidedBy must have 1 to 200 characters");
            }
        }
    }
}
