package io.acmpintune.simulator.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Counts executed actions, also of devices that have left Intune, so that tests can detect duplicates. */
final class Executions {

    private record Tally(int times, ObjectNode lastParameters) {}

    private final Map<Action, Map<String, Tally>> byAction = new EnumMap<>(Action.class);
    private final List<Notification> notifications = new ArrayList<>();
    private @Nullable Instant last;

    synchronized void record(Action action, String device, ObjectNode parameters, Instant now) {
        last = now;
        byAction.computeIfAbsent(action, a -> new HashMap<>())
                .merge(device, new Tally(1, parameters), (before, one) -> new Tally(before.times() + 1, parameters));
        if (action == Action.NOTIFY) {
            notifications.add(new Notification(device, parameters.path("notificationTitle").asString(""),
                    parameters.path("notificationBody").asString(""), now));
        }
    }

    synchronized Map<String, Integer> byDevice(Action action) {
        var times = new TreeMap<String, Integer>();
        byAction.getOrDefault(action, Map.of()).forEach((device, tally) -> times.put(device, tally.times()));
        return times;
    }

    synchronized int of(Action action, String device) {
        Tally tally = byAction.getOrDefault(action, Map.of()).get(device);
        return tally == null ? 0 : tally.times();
    }

    synchronized long total(Action action) {
        return byAction.getOrDefault(action, Map.of()).values().stream().mapToLong(Tally::times).sum();
    }

    synchronized Optional<Instant> last() {
        return Optional.ofNullable(last);
    }

    synchronized Optional<ObjectNode> lastParameters(Action action, String device) {
        return Optional.ofNullable(byAction.getOrDefault(action, Map.of()).get(device))
                .map(tally -> tally.lastParameters().deepCopy());
    }

    synchronized List<Notification> notifications() {
        return List.copyOf(notifications);
    }

    /** Returns how many notifications were sent to the device in the given time before now. */
    synchronized long notifications(String device, Duration before, Instant now) {
        return notifications.stream()
                .filter(sent -> sent.deviceId().equals(device) && sent.at().isAfter(now.minus(before)))
                .count();
    }
}
