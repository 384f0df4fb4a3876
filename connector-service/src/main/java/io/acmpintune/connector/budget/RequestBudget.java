package io.acmpintune.connector.budget;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Requests that one application may send to Intune in one tenant. Callers reserve and wait before each call; reservations are
 * served in order across all replicas. Without the database nothing is sent.
 */
public final class RequestBudget {

    private static final Logger log = LoggerFactory.getLogger(RequestBudget.class);
    /** Throttling and pace may change while a caller waits. */
    private static final Duration RECHECK_INTERVAL = Duration.ofSeconds(5);

    private final String name;
    private final BudgetRepository repository;
    private final CountDownLatch stopped;
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();

    RequestBudget(String name, BudgetRepository repository, CountDownLatch stopped) {
        this.name = name;
        this.repository = repository;
        this.stopped = stopped;
    }

    /**
     * Waits until the call may be sent.
     *
     * @param maxClosedWait longest wait while Intune has closed the budget; the wait in the queue itself is unlimited
     * @throws CancellationException when the thread is interrupted or the service stops
     * @throws DataAccessException when the budget cannot be read; nothing may be sent then
     */
    public Permit await(RequestCost cost, Duration maxClosedWait) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("must not wait for the request budget within a transaction");
        }
        long begin = System.nanoTime();
        try {
            return acquire(cost, maxClosedWait, begin);
        } finally {
            waits.increment();
            waitedNanos.add(System.nanoTime() - begin);
        }
    }

    /** Returns how often this process has waited since it started. */
    public long waitCount() {
        return waits.sum();
    }

    /** Returns the total time this process has waited. */
    public Duration totalWait() {
        return Duration.ofNanos(waitedNanos.sum());
    }

    private Permit acquire(RequestCost cost, Duration maxClosedWait, long since) {
        BudgetRepository.Reservation reservation = repository.reserve(cost);
        Map<Quota, Long> held = Map.of();
        while (true) {
            switch (reservation) {
                case BudgetRepository.Reservation.Queued(var tickets, var delay) -> {
                    if (!delay.isPositive()) {
                        return new Permit.Granted();
                    }
                    held = tickets;
                    pause(delay);
                }
                case BudgetRepository.Reservation.Blocked(var remaining) -> {
                    if (remaining.compareTo(maxClosedWait.minusNanos(System.nanoTime() - since)) > 0) {
                        return new Permit.Blocked(remaining);
                    }
                    pause(remaining);
                }
            }
            reservation = held.isEmpty() ? repository.reserve(cost) : repository.check(held);
        }
    }

    /**
     * Slows all users of this budget down after Intune answered 429.
     *
     * @param retryAfter how long no request may be sent; zero if Intune did not say
     */
    public void throttled(Quota quota, Duration retryAfter) {
        log.warn("Intune is throttling {} (quota={}{})", name, quota,
                retryAfter.isPositive() ? ", closedFor=" + retryAfter.toSeconds() + "s" : "");
        try {
            repository.throttled(quota, retryAfter);
        } catch (DataAccessException | TransactionException e) {
            // the answer at hand must not be lost; the next request fails on the database first
            log.warn("Could not record throttling in the budget of {}", name, e);
        }
    }

    private void pause(Duration pause) {
        long millis = Math.min(pause.plusMillis(1).toMillis(), RECHECK_INTERVAL.toMillis());
        try {
            if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
                throw new CancellationException("the service is stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("waiting for the budget was interrupted");
        }
    }
}
