package io.acmpintune.engine.safety;

import java.time.Duration;
import java.time.Instant;

import io.acmpintune.model.action.Impact;

/**
 * How long an order is valid, counted from the order or, where it needed one, from its approval. Nothing of it is sent later.
 *
 * @param destructive for orders that are destructive on any of their devices
 * @param other for all other orders
 */
public record OrderExpiry(Duration destructive, Duration other) {

    /** Returns when an order with an impact expires, exclusive. */
    public Instant after(Impact impact, Instant orderedOrApproved) {
        return orderedOrApproved.plus(impact == Impact.DESTRUCTIVE ? destructive : other);
    }
}
