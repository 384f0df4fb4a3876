package io.acmpintune.engine.safety;

import java.time.Duration;
import java.time.Instant;

import io.acmpintune.model.action.ActionKind;

/**
 * How long an order is valid, counted from the order or, where it needed one, from its approval. Nothing of it is sent later.
 *
 * @param destructive for kinds that permanently remove data
 * @param other for all other kinds
 */
public record OrderExpiry(Duration destructive, Duration other) {

    /** Returns when an order of a kind expires, exclusive. */
    public Instant after(ActionKind kind, Instant orderedOrApproved) {
        return orderedOrApproved.plus(kind.isDestructive() ? destructive : other);
    }
}
