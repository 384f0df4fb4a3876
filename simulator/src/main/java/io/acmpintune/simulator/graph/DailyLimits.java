package io.acmpintune.simulator.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** Limits of wipes and retirements of a tenant in any 24 hours. Source: Intune's articles on these actions. */
final class DailyLimits {

    private static final Duration DAY = Duration.ofDays(1);

    private final Map<Action, Integer> most = new EnumMap<>(Map.of(Action.WIPE, 500, Action.RETIRE, 1000));
    private final Map<Action, Deque<Instant>> times = new EnumMap<>(Action.class);

    synchronized void set(Action action, int number) {
        most.put(action, number);
    }

    synchronized boolean reached(Action action, Instant now) {
        Deque<Instant> day = day(action);
        while (!day.isEmpty() && !day.getFirst().plus(DAY).isAfter(now)) {
            day.removeFirst();
        }
        return most.containsKey(action) && day.size() >= most.get(action);
    }

    synchronized void count(Action action, Instant now) {
        if (most.containsKey(action)) {
            day(action).addLast(now);
        }
    }

    private Deque<Instant> day(Action action) {
        return times.computeIfAbsent(action, a -> new ArrayDeque<>());
    }
}
