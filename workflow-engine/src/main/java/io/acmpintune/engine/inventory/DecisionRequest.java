package io.acmpintune.engine.inventory;

import org.jspecify.annotations.Nullable;

/**
 * An operator's decision about a device as received, not validated yet.
 *
 * @param verdict {@code pin}: the device is the client {@code clientId}; {@code split}: it is a client of its own;
 *            {@code ignore}: it is not managed; {@code undo}: the earlier decision is undone
 * @param clientId for {@code pin} only
 * @param decidedBy the operator
 */
public record DecisionRequest(@Nullable String verdict, @Nullable String clientId, @Nullable String decidedBy) {}
