package io.acmpintune.engine.webhook;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An event to be sent to one webhook.
 *
 * @param number grows with each delivery
 * @param id the same in every attempt, so that receivers recognize repetitions
 * @param attempts since the delivery was stored, or since its last redelivery
 * @param nextAttemptAt null if there is none
 * @param lastStatus the receiver's last HTTP status; null if it did not answer
 * @param lastProblem why the last attempt failed
 */
public record Delivery(long number, UUID id, String webhook, WebhookEventType event, State state, Instant createdAt,
        int attempts, @Nullable Instant nextAttemptAt, @Nullable Instant lastAttemptAt, @Nullable Integer lastStatus,
        @Nullable String lastProblem) {

    public enum State {
        /** To be sent, for the first time or again. */
        WAITING,
        /** The receiver accepted it. */
        DELIVERED,
        /** The receiver did not accept it within 24 hours. */
        GIVEN_UP
    }
}
