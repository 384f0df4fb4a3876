package io.acmpintune.engine.acmp.sics;

import java.time.Instant;

/**
 * A period in which calls go unencrypted to an https address.
 *
 * @param because why no TLS connection can be made
 * @param retryAt when TLS is tried again
 */
public record UnencryptedFallback(Instant since, ConnectionProblem because, Instant retryAt) {}
