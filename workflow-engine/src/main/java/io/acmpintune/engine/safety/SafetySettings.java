package io.acmpintune.engine.safety;

import java.time.Duration;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.Impact;

/**
 * How much is let pass, with everything checked.
 *
 * @param window over which what an identity started without an approval is added up
 * @param expiresAfter how long a request for approval waits
 * @param confirmDisruptiveAbove disruptive orders of more devices must be confirmed; destructive ones always
 * @param sics thresholds of orders that came over SICS, whose senders are not authenticated
 */
record SafetySettings(Duration window, Duration expiresAfter, int confirmDisruptiveAbove, SicsThresholds sics,
        Limits wipe, Limits retire, Limits macLock, Limits lock, Limits notification) {

    static final Duration SHORT = Duration.ofMinutes(10);
    static final Duration DAY = Duration.ofDays(1);
    /** How far a clock may be behind a known event: replicas have clocks of their own. */
    static final Duration TOLERANCE = Duration.ofMinutes(1);
    /** How long the first person's request to release or lift waits for the second. */
    static final Duration SECOND_PERSON = Duration.ofHours(1);

    /**
     * The limits of one kind of action and impact.
     *
     * @param threshold how many devices an identity may affect without an approval
     * @param per10m how many a workflow hands over in ten minutes
     * @param perDay how many a workflow hands over in 24 hours
     */
    record Limits(int threshold, int per10m, int perDay) {}

    /** How many devices may be affected over SICS without an approval, by impact and kind; a kind's own threshold may be lower. */
    record SicsThresholds(int disruptive, int destructive) {}

    /**
     * Returns the limits of a kind of action with an impact.
     *
     * @throws IllegalArgumentException for a combination that does not exist or has no limits
     */
    Limits of(ActionKind kind, Impact impact) {
        return switch (impact) {
            case HARMLESS -> throw new IllegalArgumentException(kind.text() + " has no limits");
            case DISRUPTIVE -> switch (kind) {
                case REMOTE_LOCK -> lock;
                case SEND_NOTIFICATION -> notification;
                case SYNC_DEVICE, RETIRE, WIPE ->
                    throw new IllegalArgumentException(kind.text() + " is not disruptive");
            };
            case DESTRUCTIVE -> switch (kind) {
                case REMOTE_LOCK -> macLock;
                case RETIRE -> retire;
                case WIPE -> wipe;
                case SYNC_DEVICE, SEND_NOTIFICATION ->
                    throw new IllegalArgumentException(kind.text() + " is not destructive");
            };
        };
    }

    /** Returns how many devices an identity may affect without an approval. */
    int threshold(String identity, ActionKind kind, Impact impact) {
        int ofKind = of(kind, impact).threshold();
        return identity.equals(SafetyGate.SICS)
                ? Math.min(ofKind, impact == Impact.DESTRUCTIVE ? sics.destructive() : sics.disruptive())
                : ofKind;
    }

    /** Returns whether an order must be confirmed. */
    boolean needsConfirmation(Affected devices) {
        return switch (devices.impact()) {
            case HARMLESS -> false;
            case DISRUPTIVE -> devices.total() > confirmDisruptiveAbove;
            case DESTRUCTIVE -> true;
        };
    }
}
