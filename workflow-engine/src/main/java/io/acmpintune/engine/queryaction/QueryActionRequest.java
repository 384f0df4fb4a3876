package io.acmpintune.engine.queryaction;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A query action as ACMP, or whoever calls the API, writes it.
 *
 * @param queryAction ACMP's name of the action
 * @param workflow the workflow that manages the clients; may be left out where there is only one
 * @param clientIds ACMP's ClientIds, with or without braces; at most 10,000
 * @param requestedBy the operator
 */
public record QueryActionRequest(@Nullable String queryAction, @Nullable String workflow,
        @Nullable List<@Nullable String> clientIds, @Nullable String requestedBy) {}
