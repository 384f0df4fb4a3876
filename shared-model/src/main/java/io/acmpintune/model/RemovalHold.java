package io.acmpintune.model;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceId;

/**
 * Implausibly many removals: devices that two consecutive full scans did not find, more than 50 and more than 5 % of
 * all devices. None is removed until an operator releases the hold.
 *
 * @param known number of known devices at the time of the scan
 */
public record RemovalHold(long id, State state, Instant since, int known, List<DeviceId> devices,
        @Nullable String decidedBy, @Nullable Instant decidedAt) {

    public RemovalHold {
        devices = List.copyOf(devices);
    }

    /** The state of a hold. */
    public enum State {
        /** Waits for an operator; the next full scan determines again what is held. */
        HELD,
        /** The next full scan may remove them, each after a single read that answers 404. */
        RELEASED,
        /** Released, and a full scan has acted on it. */
        USED,
        /** The devices stay. */
        REJECTED
    }

    /**
     * An operator's decision.
     *
     * @param release whether the devices may be removed
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
