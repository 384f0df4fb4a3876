package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.PlatformSupport;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Whether an order may be sent at all, and whether it may now. Pure. */
final class ActionAdmission {

    /** Microsoft says "per day" and not when a day begins: any 24 hours are within every reading of it. */
    static final Duration DAY = Duration.ofDays(1);

    private ActionAdmission() {}

    /**
     * What is known when an order comes in.
     *
     * @param enabled what the configuration allows
     * @param device as the last scan saw it
     * @param underWay an action of the same kind on the device that has not come to its end, where only one may be
     */
    record Context(Set<ActionKind> enabled, Device device, @Nullable DeviceAction underWay) {}

    /**
     * A limit without room.
     *
     * @param since when the oldest that counts was sent
     */
    record ExhaustedLimit(Limit limit, Instant since) {

        /** When there is room again. */
        Instant until() {
            return since.plus(limit.window());
        }

        Problem problem(ActionKind kind) {
            String often = limit.most() + " of " + kind.text() + " within " + text(limit.window());
            String remedy = "Order it again after " + until() + ".";
            return switch (limit.whose()) {
                case TENANT -> Problem.of(ProblemKind.DAILY_LIMIT,
                        "The tenant has sent " + often + ", and Intune takes no more.", remedy);
                case CONNECTOR -> Problem.of(ProblemKind.CAP_REACHED,
                        "This connector has taken " + often + ", and takes no more, whoever asks.",
                        remedy + " The cap is " + limit.key() + ".");
            };
        }

        private static String text(Duration window) {
            return window.equals(DAY) ? "24 hours" : window.toMinutes() + " minutes";
        }
    }

    /** Whom a limit is for: the tenant is limited by Intune, the connector by us. */
    enum Scope {
        TENANT,
        CONNECTOR
    }

    /**
     * How many of a kind may be sent within a time.
     *
     * @param key of the configuration
     */
    record Limit(Scope whose, int most, Duration window, String key) {}

    /** The limits of a kind, the tenant's first. */
    static List<Limit> limits(ActionKind kind, Connector.ActionSettings actions) {
        return switch (kind) {
            case WIPE -> limits("wipes", actions.wipesPerDay(), actions.wipes());
            case RETIRE -> limits("retires", actions.retiresPerDay(), actions.retires());
            case SYNC_DEVICE, REMOTE_LOCK, SEND_NOTIFICATION -> List.of();
        };
    }

    private static List<Limit> limits(String name, int perDay, Connector.Cap cap) {
        return List.of(new Limit(Scope.TENANT, perDay, DAY, "actions." + name + "-per-day"),
                new Limit(Scope.CONNECTOR, cap.perDay(), DAY, "actions.caps." + name + "-per-day"),
                new Limit(Scope.CONNECTOR, cap.per10m(), Connector.Cap.WINDOW, "actions.caps." + name + "-per-10m"));
    }

    /** Why the order must not be sent; empty when it may. */
    static Optional<Problem> refusal(ActionCommand command, Context situation) {
        if (!situation.enabled().contains(command.kind())) {
            return Optional.of(Problem.of(ProblemKind.ACTION_DISABLED,
                    "This connector's configuration does not allow " + command.kind().text() + ".",
                    "Add it to the connector's actions.enabled, or leave that key out to allow everything."));
        }
        Optional<String> unsupported = PlatformSupport.refusal(command.kind(), situation.device());
        if (unsupported.isPresent()) {
            return unsupported.map(reason -> Problem.of(ProblemKind.PLATFORM_NOT_SUPPORTED, reason,
                    "Choose another action, or another device."));
        }
        DeviceAction other = situation.underWay();
        if (other != null) {
            return Optional.of(Problem.of(ProblemKind.ACTION_IN_PROGRESS,
                    "A " + command.kind().text() + " ordered by " + other.command().requestedBy() + " at "
                            + other.requestedAt() + " is " + other.state().text() + ".",
                    "Wait for its end, or cancel it while it is not sent; it is action " + other.id() + "."));
        }
        return Optional.empty();
    }

    /** Of the limits without room, the one that lasts longest. */
    static Optional<ExhaustedLimit> longestExhausted(List<ExhaustedLimit> usedUp) {
        return usedUp.stream().max(Comparator.comparing(ExhaustedLimit::until));
    }
}
