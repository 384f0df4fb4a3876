package io.acmpintune.engine.job;

import java.util.Arrays;
import java.util.Optional;

/**
 * How far a target has been handed over to the connector. It says where the target is; {@code ActionState} says what became
 * of its action.
 *
 * <pre>
 *                claimed             accepted                reported closed
 *   UNCLAIMED ────────────▶ CLAIMED ──────────▶ HANDED_OVER ─────────────────▶ CLOSED
 *                           │     ▲              │       ▲                       │
 *                  not sent │     │ claimed      │ feed  │ reported              │ feed
 *                           ▼     │              ▼ repl. │ open                  ▼ replaced
 *                          DEFERRED ───────────▶   LOST  ◀───────────────────────┘
 *                                  feed replaced
 *
 *   UNCLAIMED, DEFERRED ── cancelled, expired ──▶ CLOSED  CLAIMED ── refused ──▶ CLOSED
 *   LOST ── reported closed, given up ──▶ CLOSED          CLAIMED ── feed replaced ──▶ LOST
 * </pre>
 *
 * A report moves a closed target nowhere, and a feed that is replaced twice leaves a lost target lost.
 */
public enum HandOverStage {
    /** It has not passed the safety limits, and certainly never reached the connector. */
    UNCLAIMED,
    /** It is being handed over: it may have reached the connector. */
    CLAIMED,
    /** It was claimed, certainly did not reach the connector, and waits to be claimed again without being counted twice. */
    DEFERRED,
    /** The connector has an action for it that Intune has not accepted yet. */
    HANDED_OVER,
    /** The connector has a new database, and has not reported the action since. */
    LOST,
    /** Nothing is left to hand over: Intune accepted the action, or the target ended before. */
    CLOSED;

    /** What can happen to a target. */
    public enum Event {
        /** It passed the safety limits. */
        CLAIMED,
        /** Its command was certainly not taken by the connector. */
        NOT_SENT,
        /** The connector answered its command with an action. */
        ACCEPTED,
        /** The connector refused its command, or it was cancelled before its command was sent. */
        REFUSED,
        /** Its job ended. */
        CANCELLED,
        /** Its job's order expired. */
        EXPIRED,
        /** The connector reports an action that Intune has not accepted. */
        REPORTED_OPEN,
        /** The connector reports an action that Intune accepted, or that ended otherwise. */
        REPORTED_CLOSED,
        /** The connector's action feed was replaced while the action was under way. */
        FEED_REPLACED,
        /** The connector's new database does not know the action. */
        GIVEN_UP;

        /** Returns the names of the stages in which the event can happen. */
        public String[] sources() {
            return Arrays.stream(HandOverStage.values())
                    .filter(stage -> stage.after(this).isPresent())
                    .map(Enum::name)
                    .toArray(String[]::new);
        }

        /**
         * Returns the name of the stage that the event leads to from everywhere.
         *
         * @throws IllegalStateException for an event that leads to several stages
         */
        public String target() {
            return Arrays.stream(HandOverStage.values())
                    .flatMap(stage -> stage.after(this).stream())
                    .distinct()
                    .reduce((one, other) -> {
                        throw new IllegalStateException(this + " leads to " + one + " and " + other);
                    })
                    .orElseThrow()
                    .name();
        }
    }

    /** Returns the stage after an event; empty where the event cannot happen. */
    public Optional<HandOverStage> after(Event event) {
        return switch (this) {
            case UNCLAIMED -> switch (event) {
                case CLAIMED -> Optional.of(CLAIMED);
                case CANCELLED, EXPIRED -> Optional.of(CLOSED);
                case NOT_SENT, ACCEPTED, REFUSED, REPORTED_OPEN, REPORTED_CLOSED, FEED_REPLACED, GIVEN_UP ->
                    Optional.empty();
            };
            case CLAIMED -> switch (event) {
                case NOT_SENT -> Optional.of(DEFERRED);
                case ACCEPTED -> Optional.of(HANDED_OVER);
                case REFUSED -> Optional.of(CLOSED);
                case FEED_REPLACED -> Optional.of(LOST);
                case CLAIMED, CANCELLED, EXPIRED, REPORTED_OPEN, REPORTED_CLOSED, GIVEN_UP -> Optional.empty();
            };
            case DEFERRED -> switch (event) {
                case CLAIMED -> Optional.of(CLAIMED);
                case CANCELLED, EXPIRED -> Optional.of(CLOSED);
                case FEED_REPLACED -> Optional.of(LOST);
                case NOT_SENT, ACCEPTED, REFUSED, REPORTED_OPEN, REPORTED_CLOSED, GIVEN_UP -> Optional.empty();
            };
            case HANDED_OVER -> switch (event) {
                case REPORTED_OPEN -> Optional.of(HANDED_OVER);
                case REPORTED_CLOSED -> Optional.of(CLOSED);
                case FEED_REPLACED -> Optional.of(LOST);
                case CLAIMED, NOT_SENT, ACCEPTED, REFUSED, CANCELLED, EXPIRED, GIVEN_UP -> Optional.empty();
            };
            case LOST -> switch (event) {
                case REPORTED_OPEN -> Optional.of(HANDED_OVER);
                case REPORTED_CLOSED, GIVEN_UP -> Optional.of(CLOSED);
                case FEED_REPLACED -> Optional.of(LOST);
                case CLAIMED, NOT_SENT, ACCEPTED, REFUSED, CANCELLED, EXPIRED -> Optional.empty();
            };
            case CLOSED -> switch (event) {
                case REPORTED_OPEN, REPORTED_CLOSED -> Optional.of(CLOSED);
                case FEED_REPLACED -> Optional.of(LOST);
                case CLAIMED, NOT_SENT, ACCEPTED, REFUSED, CANCELLED, EXPIRED, GIVEN_UP -> Optional.empty();
            };
        };
    }
}
