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

/** What a test has ordered to go wrong with SICS as a whole; what goes wrong with one route is a fault of the web's. */
public final class SicsFaults {

    private final InstantSource clock;
    private final Queue<PublishFault> afterPublish = new ConcurrentLinkedQueue<>();
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private volatile Instant unreachableUntil = Instant.MIN;

    SicsFaults(InstantSource clock) {
        this.clock = clock;
    }

    /** The fault befalls each of the next {@code times} publications, right after they were accepted. */
    public void afterPublish(int times, PublishFault fault) {
        for (int i = 0; i < times; i++) {
            afterPublish.add(fault);
        }
    }

    /** How many ordered faults have not happened yet. */
    public int pending() {
        return afterPublish.size();
    }

    /** Resets every connection to SICS, those that wait for a message too, until {@link #recover()}. */
    public void fail() {
        fail(Instant.MAX);
    }

    /** As {@link #fail()}, for a time by the simulator's clock. */
    public void fail(Duration time) {
        fail(clock.instant().plus(time));
    }

    /** Ends an outage; SICS has forgotten nothing in the meantime. */
    public void recover() {
        unreachableUntil = Instant.MIN;
    }

    /** Forgets the faults that have not happened yet, and ends an outage. */
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

    /** Waits so long for what may come, but not beyond the beginning of an outage. */
    <T> T awaiting(Duration wait, Function<Duration, T> reading) {
        Thread reader = Thread.currentThread();
        readers.add(reader);
        try {
            return reading.apply(reachable() ? wait : Duration.ZERO);
        } finally {
            readers.remove(reader);
            if (!reachable()) {
                // The interruption was ours, and must not meet the connection's own end.
                Thread.interrupted();
            }
        }
    }

    private void fail(Instant until) {
        unreachableUntil = until;
        readers.forEach(Thread::interrupt);
    }
}
