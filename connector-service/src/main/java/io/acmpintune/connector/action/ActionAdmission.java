package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.action.PlatformSupport;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Decides whether an order is refused, or must wait because of a limit. Pure. */
final class ActionAdmission {

    /** Microsoft's "per day" does not say when a day starts; any 24 hours satisfy every reading. */
    static final Duration DAY = Duration.ofDays(1);

    private ActionAdmission() {}

    /**
     * The context in which an order is made.
     *
     * @param enabled kinds of actions that the configuration allows
     * @param device as of the last scan
     * @param inProgress an unfinished action of the same kind on the device, for kinds of which only one may be in progress
     */
    record Context(Set<ActionKind> enabled, Device device, @Nullable DeviceAction inProgress) {}

    /**
     * A limit that is used up.
     *
     * @param since when the oldest action that counts was sent
     */
    record ExhaustedLimit(Limit limit, Instant since) {

        /** Returns when it has room again. */
        Instant until() {
            return since.plus(limit.window());
        }

        Problem problem(ActionKind kind) {
            String often = limit.max() + " of " + kind.text() + " within " + text(limit.window());
            String remedy = "Order it again after " + until() + ".";
            return switch (limit.scope()) {
                case TENANT -> Problem.of(ProblemKind.DAILY_LIMIT,
                        "The tenant has sent " + often + ", and Intune accepts no more.", remedy);
                case CONNECTOR -> Problem.of(ProblemKind.CAP_REACHED,
                        "This connector has accepted " + often + ", and accepts no more.",
                        remedy + " The cap is set by " + limit.key() + ".");
            };
        }

        private static String text(Duration window) {
            return window.equals(DAY) ? "24 hours" : window.toMinutes() + " minutes";
        }
    }

    /** Who shares a limit: the tenant is limited by Intune, the connector by its configuration. */
    enum Scope {
        TENANT,
        CONNECTOR
    }

    /**
     * How many actions of a kind may be sent within a period.
     *
     * @param key configuration key
     */
    record Limit(Scope scope, int max, Duration window, String key) {}

    /** Returns the limits of a kind of action with an impact, the tenant's first. */
    static List<Limit> limits(ActionKind kind, Impact impact, Connector.ActionSettings actions) {
        return switch (kind) {
            case WIPE -> limits("wipes", actions.wipesPerDay(), actions.caps().wipes());
            case RETIRE -> limits("retires", actions.retiresPerDay(), actions.caps().retires());
            case REMOTE_LOCK -> impact == Impact.DESTRUCTIVE
                    ? limits("mac-locks", actions.caps().macLocks())
                    : limits("locks", actions.caps().locks());
            case SEND_NOTIFICATION -> limits("notifications", actions.caps().notifications());
            case SYNC_DEVICE -> List.of();
        };
    }

    private static List<Limit> limits(String name, int perDay, Connector.Cap cap) {
        List<Limit> limits = new ArrayList<>();
        limits.add(new Limit(Scope.TENANT, perDay, DAY, "actions." + name + "-per-day"));
        limits.addAll(limits(name, cap));
        return limits;
    }

    private static List<Limit> limits(String name, Connector.Cap cap) {
        return List.of(new Limit(Scope.CONNECTOR, cap.perDay(), DAY, "actions.caps." + name + "-per-day"),
                new Limit(Scope.CONNECTOR, cap.per10m(), Connector.Cap.WINDOW, "actions.caps." + name + "-per-10m"));
    }

    /** Returns why the order is refused; empty = it is not. */
    static Optional<Problem> refusal(ActionCommand command, Context context) {
        if (!context.enabled().contains(command.kind())) {
            return Optional.of(Problem.of(ProblemKind.ACTION_DISABLED,
                    "This connector's configuration does not allow " + command.kind().text() + ".",
                    "Add it to the connector's actions.enabled, or leave that key out to allow everything."));
        }
        Optional<String> unsupported = PlatformSupport.refusal(command.kind(), context.device());
        if (unsupported.isPresent()) {
            return unsupported.map(reason -> Problem.of(ProblemKind.PLATFORM_NOT_SUPPORTED, reason,
                    "Choose another action or device."));
        }
        DeviceAction other = context.inProgress();
        if (other != null) {
            return Optional.of(Problem.of(ProblemKind.ACTION_IN_PROGRESS,
                    "A " + command.kind().text() + " ordered by " + other.command().requestedBy() + " at "
                            + other.requestedAt() + " is " + other.state().text() + ".",
                    "Wait until action " + other.id() + " has finished, or cancel it before it is sent."));
        }
        return Optional.empty();
    }

    /** Returns the used-up limit that lasts longest. */
    static Optional<ExhaustedLimit> longestExhausted(List<ExhaustedLimit> usedUp) {
        return usedUp.stream().max(Comparator.comparing(ExhaustedLimit::until));
    }
}
