package io.acmpintune.engine.webhook;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One event for one webhook.
 *
 * @param number grows with each delivery
 * @param id the same in every attempt, so that a receiver knows a repetition
 * @param attempts since it was stored, or since somebody ordered its redelivery
 * @param nextAttemptAt null when there will be none
 * @param lastStatus what the receiver answered last; null when nobody answered
 * @param lastProblem why the last attempt failed
 */
public record Delivery(long number, UUID id, String webhook, EventKind event, State state, Instant createdAt,
        int attempts, @Nullable Instant nextAttemptAt, @Nullable Instant lastAttemptAt, @Nullable Integer lastStatus,
        @Nullable String lastProblem) {

    /** How a delivery stands. */
    public enum State {
        /** Will be sent, for the first time or again. */
        WAITING,
        /** The receiver took it. */
        DELIVERED,
        /** The receiver did not take it for 24 hours. */
        GIVEN_UP
    }
}
