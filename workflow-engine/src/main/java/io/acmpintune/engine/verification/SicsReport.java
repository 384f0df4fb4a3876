package io.acmpintune.engine.verification;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.verification.ConnectionReport.Outcome;

/**
 * How far the engine gets with SICS and the ACMP servers behind it, from the host name to a command's answer. Holds no secret.
 *
 * @param outcome the worst of the steps that were carried out
 * @param steps the checks of SICS in the order of {@link Check}, then those of each ACMP server
 */
public record SicsReport(Instant at, Outcome outcome, List<Step> steps) {

    public SicsReport {
        steps = List.copyOf(steps);
    }

    /** A report with the outcome that its steps make. */
    static SicsReport of(Instant at, List<Step> steps) {
        return new SicsReport(at, steps.stream()
                .map(Step::outcome)
                .max(Comparator.naturalOrder())
                .filter(worst -> worst != Outcome.SKIPPED)
                .orElse(Outcome.OK), steps);
    }

    /** What is checked, each after the ones that it depends on. */
    public enum Check {
        /** SICS's host name is known and its port open. */
        REACH("reach"),
        /** A TLS connection comes about, with a certificate that is trusted and will be for a while. */
        TLS("tls"),
        /** SICS takes user name and password. */
        SESSION("session"),
        /** A virtual router and a target can be made and deleted. */
        REPLY_TARGET("reply-target"),
        /** An ACMP server answers a command. */
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
     * @param found what was seen
     * @param remedy what to do; null when there is nothing to do
     */
    public record Step(Check name, @Nullable String server, Outcome outcome, String found, @Nullable String remedy) {}
}
