package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.PlatformSupport;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.problem.Problem;

/** Whether an order may be sent at all. Pure. */
final class Admission {

    /** Microsoft says "per day" and not when a day begins: any 24 hours are within every reading of it. */
    static final Duration DAY = Duration.ofDays(1);

    private Admission() {}

    /**
     * What is known when an order comes in.
     *
     * @param enabled what the configuration allows
     * @param device as the last scan saw it
     * @param underWay an action of the same kind on the device that has not come to its end, where only one may be
     * @param dailyLimit how many of the kind the tenant may send in 24 hours; null = any number
     * @param limitReachedBy when the oldest of the last {@code dailyLimit} was sent within the last 24 hours; null = there is room
     */
    record Situation(Set<ActionKind> enabled, Device device, @Nullable DeviceAction underWay,
            @Nullable Integer dailyLimit,
            @Nullable Instant limitReachedBy) {}

    /** Why the order must not be sent; empty when it may. */
    static Optional<Problem> refusal(ActionCommand command, Situation situation) {
        if (!situation.enabled().contains(command.kind())) {
            return Optional.of(Problem.of("action-switched-off", "Switched off", 0,
                    "This connector's configuration does not allow " + command.kind().text() + ".",
                    "Add it to the connector's actions.enabled, or leave that key out to allow everything."));
        }
        Optional<String> unsupported = PlatformSupport.refusal(command.kind(), situation.device());
        if (unsupported.isPresent()) {
            return unsupported.map(reason -> Problem.of("platform-not-supported", "Not possible on this platform", 0,
                    reason, "Choose another action, or another device."));
        }
        DeviceAction other = situation.underWay();
        if (other != null) {
            return Optional.of(Problem.of("action-under-way", "The same action is under way", 0,
                    "A " + command.kind().text() + " ordered by " + other.command().requestedBy() + " at "
                            + other.requestedAt() + " is " + other.state().text() + ".",
                    "Wait for its end, or cancel it while it is not sent; it is action " + other.id() + "."));
        }
        Instant first = situation.limitReachedBy();
        return first == null
                ? Optional.empty()
                : Optional.of(Problem.of("daily-limit", "Intune's daily limit is reached", 0,
                        "The tenant has sent " + situation.dailyLimit() + " of " + command.kind().text()
                                + " within 24 hours, and Intune takes no more.",
                        "Order it again after " + first.plus(DAY) + "."));
    }
}
