package io.acmpintune.engine.inventory;

import org.jspecify.annotations.Nullable;

/**
 * An operator's decision about a device, as it arrives; nothing of it is checked yet.
 *
 * @param verdict {@code pin}: it is the client {@code clientId}; {@code split}: it is a client of its own; {@code ignore}:
 *            nothing is to be done with it; {@code undo}: what was decided about it counts no more
 * @param clientId for {@code pin} only
 * @param decidedBy the operator
 */
public record DecisionRequest(@Nullable String verdict, @Nullable String clientId, @Nullable String decidedBy) {}
