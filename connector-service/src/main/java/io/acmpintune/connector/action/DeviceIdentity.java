package io.acmpintune.connector.action;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.graph.SingleRead;
import io.acmpintune.connector.tenant.Connector.FollowUp;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.ExpectedDevice;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.OwnerType;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Compares a device with the one expected by a destructive order. Pure. */
final class DeviceIdentity {

    /** Short, because a stolen phone must be wiped soon after Intune is back. */
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    private static final String USER = "user";

    private DeviceIdentity() {}

    /**
     * Returns the transition of an action that must not be sent now; empty = it may be sent.
     *
     * @param read null = Intune's answer does not contain the device
     */
    static Optional<Transition> objection(StoredAction stored, @Nullable SingleRead<Device> read, FollowUp followUp) {
        ExpectedDevice expected = stored.command().expected();
        if (expected == null) {
            return Optional.of(Transition.to(ActionState.REFUSED).because(undescribed()));
        }
        return switch (read) {
            case SingleRead.Found<Device>(var device) when stored.device().equals(device.id()) -> {
                Map<String, Difference> differences = differences(expected, device);
                yield differences.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Transition.to(ActionState.REFUSED).because(mismatch(differences)));
            }
            case SingleRead.Gone<Device>() -> Optional.of(Transition.to(ActionState.REFUSED).because(gone()));
            case SingleRead.Found<Device> _,SingleRead.Failed<Device> _ -> Optional.of(later(stored, followUp));
            case null -> Optional.of(later(stored, followUp));
        };
    }

    /** Keeps the state and tries again. */
    private static Transition later(StoredAction stored, FollowUp followUp) {
        return Transition.to(stored.state())
                .after(Backoff.pause(stored.checks(), followUp, MAX_PAUSE))
                .countingCheck();
    }

    /** A property that differs. */
    record Difference(@Nullable String expected, @Nullable String actual) {}

    /** Returns the differing properties by name. */
    static Map<String, Difference> differences(ExpectedDevice expected, Device device) {
        ExpectedDevice actual = ExpectedDevice.of(device);
        Map<String, Difference> differences = new LinkedHashMap<>();
        compare("serial number", expected.serialNumber(), actual.serialNumber(), differences);
        compare("device name", expected.deviceName(), actual.deviceName(), differences);
        if (!Objects.equals(lower(expected.userPrincipalName()), lower(actual.userPrincipalName()))) {
            differences.put(USER, new Difference(expected.userPrincipalName(), actual.userPrincipalName()));
        }
        compare("ownership", text(expected.ownerType()), text(actual.ownerType()), differences);
        return differences;
    }

    private static void compare(String what, @Nullable String expected, @Nullable String actual,
            Map<String, Difference> differences) {
        if (!Objects.equals(expected, actual)) {
            differences.put(what, new Difference(expected, actual));
        }
    }

    /** Entra's user principal names are case-insensitive. */
    private static @Nullable String lower(@Nullable String name) {
        return name == null ? null : name.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable OwnerType ownership) {
        return ownership == null ? null : ownership.value();
    }

    /** Users are not named: this service does not know whether they may be shown. */
    private static Problem mismatch(Map<String, Difference> differences) {
        String values = differences.entrySet()
                .stream()
                .filter(entry -> !entry.getKey().equals(USER))
                .map(Map.Entry::getValue)
                .map(difference -> quoted(difference.actual()) + " instead of " + quoted(difference.expected()))
                .collect(Collectors.joining(", "));
        return Problem.of(ProblemKind.DEVICE_MISMATCH,
                "Intune shows another " + String.join(", ", differences.keySet()) + " than the order expects"
                        + (values.isEmpty() ? "." : ": " + values + "."),
                "Check the device, and order the action again if it is still wanted.");
    }

    private static String quoted(@Nullable String value) {
        return value == null ? "none" : "'" + value + "'";
    }

    static Problem gone() {
        return Problem.of(ProblemKind.DEVICE_GONE,
                "The device was removed from Intune, so the action cannot be run.",
                "No action needed: the next full scan reflects the removal.");
    }

    private static Problem undescribed() {
        return Problem.of(ProblemKind.EXPECTED_DEVICE_MISSING,
                "The order does not contain the expected device, so the device cannot be verified.",
                "Order the action again with the expected device.");
    }
}
