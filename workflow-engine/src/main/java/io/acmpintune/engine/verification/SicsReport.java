package io.acmpintune.engine.verification;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.verification.ConnectionReport.Outcome;

/**
 * A report about the connection to SICS and the ACMP servers behind it. It holds no secrets.
 *
 * @param outcome the worst outcome of the executed steps
 * @param steps the checks of SICS in the order of {@link Check}, then those of each ACMP server
 */
public record SicsReport(Instant at, Outcome outcome, List<Step> steps) {

    public SicsReport {
        steps = List.copyOf(steps);
    }

    /** Returns a report with the worst outcome of its steps. */
    static SicsReport of(Instant at, List<Step> steps) {
        return new SicsReport(at, steps.stream()
                .map(Step::outcome)
                .max(Comparator.naturalOrder())
                .filter(worst -> worst != Outcome.SKIPPED)
                .orElse(Outcome.OK), steps);
    }

    /** The checks, each after those on which it depends. */
    public enum Check {
        /** SICS's host name is known and its port is open. */
        REACH("reach"),
        /** A TLS connection can be made with a trusted certificate that does not expire soon. */
        TLS("tls"),
        /** SICS accepts user name and password. */
        SESSION("session"),
        /** A virtual router and a target can be created and deleted. */
        REPLY_TARGET("reply-target"),
        /** An ACMP server replies to a command. */
        ROUND_TRIP("round-trip"),
        /** The server lets SICS users run Public API commands. */
        PUBLIC_API("public-api"),
        /** The server has the commands that the engine sends. */
        COMMANDS("commands");

        private final String text;

        Check(String text) {
            this.text = text;
        }

        @JsonValue
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * One check.
     *
     * @param server the ACMP server concerned, as in {@code acmp.servers}; null for a check of SICS
     * @param found the observation
     * @param remedy null = nothing to do
     */
    public record Step(Check name, @Nullable String server, Outcome outcome, String found, @Nullable String remedy) {}
}
