package io.acmpintune.connector.inventory;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.graph.SingleRead;
import io.acmpintune.model.device.DeviceDetails;
import io.acmpintune.model.device.DeviceId;

/**
 * The changes of one single read to a device's details.
 *
 * @param id of the device
 * @param due when it is to be read again
 * @param failures failed reads in a row
 * @param outcome the change of the details themselves
 */
record DetailPlan(DeviceId id, Instant due, int failures, Outcome outcome) {

    /** Intune's list does not show that a note or the Ethernet address has changed. */
    static final Duration REFRESH_AFTER = Duration.ofDays(30);
    /** Spreads the next reads of devices that were read together. */
    private static final Duration SPREAD = Duration.ofDays(3);
    /** Removals are decided by scans, by default within a day. */
    private static final Duration AFTER_GONE = Duration.ofDays(1);
    private static final Duration MIN_PAUSE = Duration.ofMinutes(5);
    private static final Duration MAX_PAUSE = Duration.ofDays(1);
    private static final DeviceDetails NOTHING = new DeviceDetails(null, null, null, null, null);

    /** A device whose details are due. */
    record Due(DeviceId id, @Nullable DeviceDetails stored, int failures) {}

    /** The change of the details themselves. */
    sealed interface Outcome {

        /** The details are unchanged; the feed does not change. */
        record Unchanged() implements Outcome {}

        /** The details differ; the device moves to the end of the feed. */
        record Changed(@Nullable DeviceDetails details) implements Outcome {}

        /** The details could not be read; the stored ones are kept. */
        record Unread() implements Outcome {}
    }

    static DetailPlan of(Due due, SingleRead<DeviceDetails> read, Instant now) {
        return switch (read) {
            case SingleRead.Found<DeviceDetails>(var found) -> found(due, found.equals(NOTHING) ? null : found, now);
            case SingleRead.Gone<DeviceDetails>() ->
                new DetailPlan(due.id(), now.plus(AFTER_GONE), due.failures(), new Outcome.Unread());
            case SingleRead.Failed<DeviceDetails> _ -> new DetailPlan(due.id(), now.plus(pause(due.failures())),
                    due.failures() + 1, new Outcome.Unread());
        };
    }

    private static DetailPlan found(Due due, @Nullable DeviceDetails found, Instant now) {
        Duration earlier = Duration.ofMillis(Math.floorMod(due.id().hashCode(), SPREAD.toMillis()));
        boolean same = found == null ? due.stored() == null : found.equals(due.stored());
        return new DetailPlan(due.id(), now.plus(REFRESH_AFTER).minus(earlier), 0,
                same ? new Outcome.Unchanged() : new Outcome.Changed(found));
    }

    /** Returns 5, 10, 20 … minutes, at most a day. */
    static Duration pause(int failures) {
        Duration pause = MIN_PAUSE.multipliedBy(1L << Math.min(failures, 10));
        return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
    }
}
