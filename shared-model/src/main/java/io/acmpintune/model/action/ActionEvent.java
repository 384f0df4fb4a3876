package io.acmpintune.model.action;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An entry of an action's history.
 *
 * @param from the state before; null in the first entry
 * @param to the state after; equal to {@code from} if only information was added
 * @param by the person who caused it; null = the connector or Intune
 * @param note what Intune reported or the connector observed
 * @param requestId Graph's request id, for Microsoft's support
 */
public record ActionEvent(Instant at, @Nullable ActionState from, ActionState to, @Nullable String by,
        @Nullable String note, @Nullable String requestId) {}
