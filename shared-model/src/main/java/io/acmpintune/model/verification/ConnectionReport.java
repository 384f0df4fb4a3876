package io.acmpintune.model.verification;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The result of verifying a connector's connection to Entra and Intune. Contains no secrets.
 *
 * @param connector the connector's name; null for an unsaved one
 * @param outcome the worst outcome of the steps that were carried out
 * @param steps every applicable check once, in the order of {@link Check}
 */
public record ConnectionReport(@Nullable String connector, Instant at, Outcome outcome, List<Step> steps) {

    public ConnectionReport {
        steps = List.copyOf(steps);
    }

    /** Creates a report whose outcome is the worst of its steps. */
    public static ConnectionReport of(@Nullable String connector, Instant at, List<Step> steps) {
        return new ConnectionReport(connector, at, steps.stream()
                .map(Step::outcome)
                .max(Comparator.naturalOrder())
                .filter(worst -> worst != Outcome.SKIPPED)
                .orElse(Outcome.OK), steps);
    }

    /** The checks; each comes after those that it depends on. */
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
        /** The token permits to read the status of approval requests. */
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

    /** The outcome of a step, best first. */
    public enum Outcome {
        /** Not carried out: it does not apply, or an earlier step failed. */
        SKIPPED("skipped"),
        OK("ok"),
        /** It works, or may work, but something should be done. */
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
     * @param found what was observed, with the server's messages and ids
     * @param remedy what to do; null = nothing
     */
    public record Step(Check name, Outcome outcome, String found, @Nullable String remedy) {}
}
