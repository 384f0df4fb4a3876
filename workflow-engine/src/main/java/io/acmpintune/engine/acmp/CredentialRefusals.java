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
 * Remembers, for all lines to one ACMP server, that the server itself does not take our credentials (result 15): it is then left
 * alone for a while, because its operator account may be locked after some refusals.
 */
final class CredentialRefusals {

    static final Duration PAUSE = SicsClient.PAUSE_AFTER_REFUSAL;

    private final InstantSource clock;
    private @Nullable CredentialRefusal refusal;
    private Instant until = Instant.MIN;

    CredentialRefusals(InstantSource clock) {
        this.clock = clock;
    }

    /** Why nothing is to be sent now. */
    synchronized Optional<ConnectionProblem> inForce() {
        return refusal != null && clock.instant().isBefore(until) ? Optional.of(refusal.problem()) : Optional.empty();
    }

    /** The last word that the server had on our credentials, if it was a refusal. */
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
