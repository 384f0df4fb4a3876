package io.acmpintune.engine.job;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.stereotype.Component;

import io.acmpintune.runtime.lane.Lanes;

/**
 * Wakes the relay lane, and readers of this process that wait for a change of any job. A change that another replica wrote is found by looking
 * again, so whoever looks waits a short time only.
 */
@Component
public class JobSignal {

    /** The name of the lanes that hand targets over. */
    public static final String RELAY_LANE = "relay-actions";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Lanes lanes;
    private long count;

    JobSignal(Lanes lanes) {
        this.lanes = lanes;
    }

    /** There is something to be handed over or taken back. */
    void work(String workflow) {
        changed();
        lanes.wake(RELAY_LANE, workflow);
    }

    /** Wakes the readers of this process. */
    public void changed() {
        lock.lock();
        try {
            count++;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many changes there were; to be taken before looking, so that a change during the look is not missed. */
    long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are more changes than that, or the time is up. */
    void awaitMoreThan(long seen, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (count == seen && left > 0) {
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
