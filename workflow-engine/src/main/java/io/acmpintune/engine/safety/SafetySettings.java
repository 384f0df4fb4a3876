package io.acmpintune.engine.safety;

import java.time.Duration;

import io.acmpintune.model.action.ActionKind;

/**
 * How much is let pass, with everything checked.
 *
 * @param window over which what an identity started without an approval is added up
 * @param expiresAfter how long a request for approval waits
 */
record SafetySettings(Duration window, Duration expiresAfter, Limits wipe, Limits retire) {

    static final Duration SHORT = Duration.ofMinutes(10);
    static final Duration DAY = Duration.ofDays(1);
    /** How far a clock may be behind a known event: replicas have clocks of their own. */
    static final Duration TOLERANCE = Duration.ofMinutes(1);
    /** How long the first person's request to release or lift waits for the second. */
    static final Duration SECOND_PERSON = Duration.ofHours(1);

    /**
     * The limits of one kind of action.
     *
     * @param threshold how many devices an identity may affect without an approval
     * @param per10m how many a workflow hands over in ten minutes
     * @param perDay how many a workflow hands over in 24 hours
     */
    record Limits(int threshold, int per10m, int perDay) {}

    Limits of(ActionKind kind) {
        return switch (kind) {
            case WIPE -> wipe;
            case RETIRE -> retire;
            case SYNC_DEVICE, REMOTE_LOCK, SEND_NOTIFICATION ->
                throw new IllegalArgumentException(kind.text() + " has no limits");
        };
    }
}
