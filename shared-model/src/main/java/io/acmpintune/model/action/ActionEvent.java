package io.acmpintune.model.action;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One line of an action's history.
 *
 * @param from the state before; null at its order
 * @param to the state after; the same as before when only something was learned
 * @param by the person who did it; null = the connector itself, or Intune
 * @param note what Intune said, or what was observed
 * @param requestId Graph's id of the request, for Microsoft's support
 */
public record ActionEvent(Instant at, @Nullable ActionState from, ActionState to, @Nullable String by,
        @Nullable String note, @Nullable String requestId) {}
