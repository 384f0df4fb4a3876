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

/** Whether a device is still the one that whoever ordered something destructive saw. Pure. */
final class DeviceIdentity {

    /** A stolen phone must not wait long for Intune to come back. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private DeviceIdentity() {}

    /**
     * What keeps the action from being sent; empty when nothing does.
     *
     * @param read null = Intune's answer did not name the device
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
                        : Optional.of(Transition.to(ActionState.REFUSED).because(changed(differences)));
            }
            case SingleRead.Gone<Device>() -> Optional.of(Transition.to(ActionState.REFUSED).because(gone()));
            case SingleRead.Found<Device> _,SingleRead.Failed<Device> _ -> Optional.of(later(stored, followUp));
            case null -> Optional.of(later(stored, followUp));
        };
    }

    /** It stays what it is, and is tried again. */
    private static Transition later(StoredAction stored, FollowUp followUp) {
        Duration pause = Decisions.pause(stored.looks(), followUp);
        return Transition.to(stored.state())
                .after(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE)
                .looking();
    }

    /** What something was, and is. */
    record Difference(@Nullable String before, @Nullable String now) {}

    /** What is not as it was seen, by its name. */
    static Map<String, Difference> differences(ExpectedDevice expected, Device device) {
        ExpectedDevice now = ExpectedDevice.of(device);
        Map<String, Difference> differences = new LinkedHashMap<>();
        compare("serial number", expected.serialNumber(), now.serialNumber(), differences);
        compare("device name", expected.deviceName(), now.deviceName(), differences);
        if (!Objects.equals(lower(expected.userPrincipalName()), lower(now.userPrincipalName()))) {
            differences.put("user", new Difference(expected.userPrincipalName(), now.userPrincipalName()));
        }
        compare("ownership", text(expected.ownerType()), text(now.ownerType()), differences);
        return differences;
    }

    private static void compare(String what, @Nullable String before, @Nullable String now,
            Map<String, Difference> differences) {
        if (!Objects.equals(before, now)) {
            differences.put(what, new Difference(before, now));
        }
    }

    /** Entra's user principal names are the same in any case, and are answered in any. */
    private static @Nullable String lower(@Nullable String name) {
        return name == null ? null : name.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable OwnerType ownership) {
        return ownership == null ? null : ownership.value();
    }

    private static Problem changed(Map<String, Difference> differences) {
        return Problem.of(ProblemKind.DEVICE_MISMATCH,
                "Intune shows another " + String.join(", ", differences.keySet()) + " than whoever ordered it saw: "
                        + differences.values()
                                .stream()
                                .map(difference -> said(difference.now()) + " instead of " + said(difference.before()))
                                .collect(Collectors.joining(", "))
                        + ".",
                "Look at the device, and order the action again if it is still wanted.");
    }

    private static String said(@Nullable String value) {
        return value == null ? "none" : "'" + value + "'";
    }

    static Problem gone() {
        return Problem.of(ProblemKind.DEVICE_GONE,
                "The device is no longer in Intune, so the action cannot be completed.",
                "Nothing; the next full scan removes the device.");
    }

    private static Problem undescribed() {
        return Problem.of(ProblemKind.EXPECTED_DEVICE_MISSING,
                "The order does not say what the device looked like to whoever wants this, so it cannot be compared.",
                "Order it again.");
    }
}
