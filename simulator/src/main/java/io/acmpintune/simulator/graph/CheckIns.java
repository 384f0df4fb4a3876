package io.acmpintune.simulator.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Schedules check-ins. Each command gives its device a due time; any access to the tenant executes the check-ins that
 * are due. Tests can therefore use their own clock, and no thread waits.
 */
final class CheckIns {

    private record Due(Instant at, Device device) {}

    private final Duration shortest;
    private final Duration longest;
    private final SplittableRandom random;
    private final PriorityQueue<Due> waiting = new PriorityQueue<>(Comparator.comparing(Due::at));
    private long happened;

    CheckIns(Duration shortest, Duration longest, long seed) {
        this.shortest = shortest;
        this.longest = longest;
        this.random = new SplittableRandom(seed);
    }

    synchronized void order(Device device, Instant now) {
        long extra = random.nextLong(longest.minus(shortest).toMillis() + 1);
        waiting.add(new Due(now.plus(shortest).plusMillis(extra), device));
    }

    /** @param left receives each device that is no longer managed after its check-in */
    synchronized void settle(Instant now, Consumer<Device> left) {
        for (Due next = waiting.peek(); next != null && !next.at().isAfter(now); next = waiting.peek()) {
            waiting.remove();
            happened++;
            if (!next.device().checkedIn(next.at())) {
                left.accept(next.device());
            }
        }
    }

    synchronized long happened() {
        return happened;
    }
}
