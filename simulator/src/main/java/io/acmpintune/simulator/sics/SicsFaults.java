package io.acmpintune.simulator.sics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Faults of SICS as a whole that a test injects. Faults of single routes belong to the package web. */
public final class SicsFaults {

    private final InstantSource clock;
    private final Queue<PublishFault> afterPublish = new ConcurrentLinkedQueue<>();
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private volatile Instant unreachableUntil = Instant.MIN;

    SicsFaults(InstantSource clock) {
        this.clock = clock;
    }

    /** Injects a fault right after each of the next {@code times} accepted publications. */
    public void afterPublish(int times, PublishFault fault) {
        for (int i = 0; i < times; i++) {
            afterPublish.add(fault);
        }
    }

    /** Returns the number of pending faults. */
    public int pending() {
        return afterPublish.size();
    }

    /** Resets every connection to SICS, including those that wait for a message, until {@link #recover()}. */
    public void fail() {
        fail(Instant.MAX);
    }

    /** Resets every connection to SICS for a time by the simulator's clock. */
    public void fail(Duration time) {
        fail(clock.instant().plus(time));
    }

    /** Ends an outage; nothing was lost in the meantime. */
    public void recover() {
        unreachableUntil = Instant.MIN;
    }

    /** Removes pending faults and ends an outage. */
    public void clear() {
        afterPublish.clear();
        recover();
    }

    boolean reachable() {
        return !clock.instant().isBefore(unreachableUntil);
    }

    Optional<PublishFault> nextAfterPublish() {
        return Optional.ofNullable(afterPublish.poll());
    }

    /** Reads with this wait, which an outage ends early. */
    <T> T awaiting(Duration wait, Function<Duration, T> reading) {
        Thread reader = Thread.currentThread();
        readers.add(reader);
        try {
            return reading.apply(reachable() ? wait : Duration.ZERO);
        } finally {
            readers.remove(reader);
            if (!reachable()) {
                // The outage interrupted this thread; the connection must not see that.
                Thread.interrupted();
            }
        }
    }

    private void fail(Instant until) {
        unreachableUntil = until;
        readers.forEach(Thread::interrupt);
    }
}
