package io.acmpintune.engine.publication;

import org.jspecify.annotations.Nullable;

/**
 * Why a client is not taken as it is.
 *
 * @param code ACMP's result code; null = we refused it ourselves
 * @param request the request with this one record as the server refused it; null = of no use
 */
record Refusal(@Nullable Integer code, String reason, @Nullable String request) {}
