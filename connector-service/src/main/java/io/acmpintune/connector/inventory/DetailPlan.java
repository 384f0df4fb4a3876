package io.acmpintune.connector.inventory;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.graph.SingleRead;
import io.acmpintune.model.device.DeviceDetails;
import io.acmpintune.model.device.DeviceId;

/**
 * What a single read makes of a device's details.
 *
 * @param id of the device
 * @param due when it is to be read again
 * @param failures reads in a row that told nothing
 * @param outcome what is to be written beside that
 */
record DetailPlan(DeviceId id, Instant due, int failures, Outcome outcome) {

    /** Nothing in Intune's list shows that a note was written or a cable was plugged in. */
    static final Duration READ_AGAIN = Duration.ofDays(30);
    /** So that what was read in one go is not read again in one go. */
    private static final Duration SPREAD = Duration.ofDays(3);
    /** A removal is the scan's to conclude, which needs a day at most by default. */
    private static final Duration AFTER_GONE = Duration.ofDays(1);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LAST_PAUSE = Duration.ofDays(1);
    private static final DeviceDetails NOTHING = new DeviceDetails(null, null, null, null, null);

    /** A device whose details are due. */
    record Due(DeviceId id, @Nullable DeviceDetails stored, int failures) {}

    /** What is written of the details themselves. */
    sealed interface Outcome {

        /** They are as they were; nobody has to know. */
        record Unchanged() implements Outcome {}

        /** They differ: the device goes to the end of the feed. */
        record Changed(@Nullable DeviceDetails details) implements Outcome {}

        /** They could not be read; what is known stays. */
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
        return new DetailPlan(due.id(), now.plus(READ_AGAIN).minus(earlier), 0,
                same ? new Outcome.Unchanged() : new Outcome.Changed(found));
    }

    /** 5, 10, 20 … minutes, at most a day. */
    static Duration pause(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
        return pause.compareTo(LAST_PAUSE) < 0 ? pause : LAST_PAUSE;
    }
}
