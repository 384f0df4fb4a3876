package io.acmpintune.engine.job;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.stereotype.Component;

import io.acmpintune.runtime.lane.Lanes;

/**
 * Wakes the relay lane, and readers of this process that wait for a change of any job. Changes by other replicas are found by
 * polling, so readers wait a short time only.
 */
@Component
public class JobSignal {

    /** The name of the lanes that hand targets over. */
    public static final String RELAY_LANE = "relay-actions";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Lanes lanes;
    private long count;

    JobSignal(Lanes lanes) {
        this.lanes = lanes;
    }

    /** Wakes the relay lane: there are targets to hand over or to cancel. */
    void wakeRelay(String workflow) {
        changed();
        lanes.wake(RELAY_LANE, workflow);
    }

    /** Wakes the readers of this process. */
    public void changed() {
        lock.lock();
        try {
            count++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of changes so far; read it before the data, so that no change in between is missed. */
    long changes() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for another change, or until the time is up. */
    void awaitMoreThan(long seen, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (count == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
