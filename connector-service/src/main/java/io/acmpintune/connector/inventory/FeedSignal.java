package io.acmpintune.connector.inventory;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.stereotype.Component;

/**
 * Wakes readers in this process that wait for a change of any feed. Readers must also poll, because changes by other replicas are not
 * signalled.
 */
@Component
public class FeedSignal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changes = lock.newCondition();
    private long count;

    public void changed() {
        lock.lock();
        try {
            count++;
            changes.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of changes. Read it before a feed, so that a concurrent change is not missed. */
    public long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are more changes than {@code seen}, or the time is up. */
    public void awaitMoreThan(long seen, Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (count == seen && left > 0) {
                left = changes.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
