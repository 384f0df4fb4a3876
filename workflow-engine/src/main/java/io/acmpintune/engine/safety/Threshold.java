package io.acmpintune.engine.safety;

import java.time.Duration;
import java.util.Optional;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.Impact;

/** Limits how many devices an identity may affect without a second person, however it slices its orders. Pure. */
final class Threshold {

    private Threshold() {}

    /**
     * Returns why an order needs an approval; empty = it needs none.
     *
     * @param started the devices that the identity has ordered without an approval within the window
     */
    static Optional<String> exceeded(ActionKind kind, Impact impact, long started, int devices, int threshold,
            Duration window) {
        if (started + devices <= threshold) {
            return Optional.empty();
        }
        return Optional.of("It is a " + kind.text() + " of " + devices + devices(kind, impact, devices == 1)
                + (started == 0 ? "" : ", after " + started + " by the same identity") + "; within "
                + text(window) + ", " + (threshold == 0 ? "none" : "no more than " + threshold)
                + " may be affected without a second person.");
    }

    /** Locking a Mac has limits of its own. */
    private static String devices(ActionKind kind, Impact impact, boolean one) {
        boolean macs = kind == ActionKind.REMOTE_LOCK && impact == Impact.DESTRUCTIVE;
        return macs ? (one ? " Mac" : " Macs") : (one ? " device" : " devices");
    }

    private static String text(Duration window) {
        return window.toMinutesPart() > 0 ? window.toMinutes() + " minutes" : window.toHours() + " hours";
    }
}
