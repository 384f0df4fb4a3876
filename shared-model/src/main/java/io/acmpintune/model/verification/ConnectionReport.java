package io.acmpintune.model.verification;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How far a connector gets with Entra and Intune, from its certificate to the first device. Holds no secret.
 *
 * @param connector the connector's name; null for one that is not saved
 * @param outcome the worst of the steps that were carried out
 * @param steps every check that applies once, in the order of {@link Check}
 */
public record ConnectionReport(@Nullable String connector, Instant at, Outcome outcome, List<Step> steps) {

    public ConnectionReport {
        steps = List.copyOf(steps);
    }

    /** A report with the outcome that its steps make. */
    public static ConnectionReport of(@Nullable String connector, Instant at, List<Step> steps) {
        return new ConnectionReport(connector, at, steps.stream()
                .map(Step::outcome)
                .max(Comparator.naturalOrder())
                .filter(worst -> worst != Outcome.SKIPPED)
                .orElse(Outcome.OK), steps);
    }

    /** What is checked, each after the ones that it depends on. */
    public enum Check {
        /** The PKCS#12 file: whether it opens, holds one RSA key, and is valid. */
        CERTIFICATE("certificate"),
        /** Entra gives a new access token. */
        TOKEN("token"),
        /** As {@link #CERTIFICATE}, of the application for actions; only where the connector has one. */
        ACTION_CERTIFICATE("action-certificate"),
        /** As {@link #TOKEN}, for the application for actions; only where the connector has one. */
        ACTION_TOKEN("action-token"),
        /** The token permits to read devices. */
        INVENTORY_PERMISSION("inventory-permission"),
        /** The token permits to synchronize devices. */
        SYNCHRONIZE_PERMISSION("synchronize-permission"),
        /** The token permits to lock devices. */
        LOCK_PERMISSION("lock-permission"),
        /** The token permits to retire devices. */
        RETIRE_PERMISSION("retire-permission"),
        /** The token permits to wipe devices. */
        WIPE_PERMISSION("wipe-permission"),
        /** The token permits to send notifications. */
        NOTIFY_PERMISSION("notify-permission"),
        /** The token permits to see how a request for approval stands. */
        APPROVAL_PERMISSION("approval-permission"),
        /** Graph answers a read of one device. */
        DEVICE_READ("device-read"),
        /** The tenant may use Intune. */
        LICENCE("licence");

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

    /** How a step went, from the best to the worst. */
    public enum Outcome {
        /** Not carried out: it does not apply, or a step before it failed. */
        SKIPPED("skipped"),
        OK("ok"),
        /** It works, or may work, and something should be done. */
        WARNING("warning"),
        FAILED("failed");

        private final String text;

        Outcome(String text) {
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
     * @param found what was seen, with the other side's own words and ids
     * @param remedy what to do; null when there is nothing to do
     */
    public record Step(Check name, Outcome outcome, String found, @Nullable String remedy) {}
}
