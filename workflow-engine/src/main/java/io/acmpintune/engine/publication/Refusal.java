package io.acmpintune.engine.publication;

import org.jspecify.annotations.Nullable;

/**
 * Why a client is parked.
 *
 * @param code ACMP's result code; null = ACMP did not refuse it, we did
 * @param request the request with this one record as ACMP refused it; null = not kept
 */
record Refusal(@Nullable Integer code, String reason, @Nullable String request) {}
