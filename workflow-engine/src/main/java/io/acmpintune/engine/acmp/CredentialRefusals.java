package io.acmpintune.engine.acmp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.sics.ConnectionProblem;
import io.acmpintune.engine.acmp.sics.CredentialRefusal;
import io.acmpintune.engine.acmp.sics.SicsClient;

/**
 * Remembers for all connections to one ACMP server that the server refused our credentials (result code 15). Nothing is sent
 * to it for a while, because its operator account may be locked after a few failures.
 */
final class CredentialRefusals {

    static final Duration PAUSE = SicsClient.PAUSE_AFTER_REFUSAL;

    private final InstantSource clock;
    private @Nullable CredentialRefusal refusal;
    private Instant until = Instant.MIN;

    CredentialRefusals(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns the problem if nothing may be sent now. */
    synchronized Optional<ConnectionProblem> inForce() {
        return refusal != null && clock.instant().isBefore(until) ? Optional.of(refusal.problem()) : Optional.empty();
    }

    /** Returns the refusal if the server refused our credentials when last asked. */
    synchronized Optional<CredentialRefusal> current() {
        return Optional.ofNullable(refusal);
    }

    synchronized void refused(ConnectionProblem problem) {
        Instant now = clock.instant();
        refusal = new CredentialRefusal(refusal == null ? now : refusal.since(), problem);
        until = now.plus(PAUSE);
    }

    synchronized void accepted() {
        refusal = null;
    }
}
