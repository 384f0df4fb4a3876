package io.acmpintune.engine.acmp.sics;

import java.time.Instant;

/**
 * A refusal of our credentials by SICS or by an ACMP server.
 *
 * @param since the first of several consecutive refusals
 * @param problem what was refused, and what to do about it
 */
public record CredentialRefusal(Instant since, ConnectionProblem problem) {}
