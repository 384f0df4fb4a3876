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
 * What one application may ask of Intune in one tenant. Whoever is about to call reserves and waits first; places are given in the
 * order in which they are asked for, over all replicas. Without the database nothing goes out.
 */
public final class RequestBudget {

    private static final Logger log = LoggerFactory.getLogger(RequestBudget.class);
    /** Intune's wishes and the pace may change while somebody waits. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final String name;
    private final BudgetRepository ledger;
    private final CountDownLatch stopped;
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();

    RequestBudget(String name, BudgetRepository ledger, CountDownLatch stopped) {
        this.name = name;
        this.ledger = ledger;
        this.stopped = stopped;
    }

    /**
     * Waits until the spend is allowed.
     *
     * @param patience how long to wait for a budget that Intune has closed; the line itself is waited for as long as it is
     * @throws CancellationException when the thread is interrupted or the service stops
     * @throws DataAccessException when the budget cannot be read, and nothing may go out
     */
    public Permit await(RequestCost spend, Duration patience) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("nobody waits for Intune within a transaction");
        }
        long begin = System.nanoTime();
        try {
            return wait(spend, patience, begin);
        } finally {
            waits.increment();
            waitedNanos.add(System.nanoTime() - begin);
        }
    }

    /** How often this process asked for room since it started. */
    public long waitCount() {
        return waits.sum();
    }

    /** How long it waited for it, all together. */
    public Duration totalWait() {
        return Duration.ofNanos(waitedNanos.sum());
    }

    private Permit wait(RequestCost spend, Duration patience, long since) {
        BudgetRepository.Reservation entry = ledger.reserve(spend);
        Map<Quota, Long> place = Map.of();
        while (true) {
            switch (entry) {
                case BudgetRepository.Reservation.Queued(var tickets, var pause) -> {
                    if (!pause.isPositive()) {
                        return new Permit.Granted();
                    }
                    place = tickets;
                    pause(pause);
                }
                case BudgetRepository.Reservation.Blocked(var left) -> {
                    if (left.compareTo(patience.minusNanos(System.nanoTime() - since)) > 0) {
                        return new Permit.Blocked(left);
                    }
                    pause(left);
                }
            }
            entry = place.isEmpty() ? ledger.reserve(spend) : ledger.look(place);
        }
    }

    /**
     * Intune answered 429: slows everybody down who uses this budget.
     *
     * @param retryAfter for how long nobody is to ask; zero when Intune did not say
     */
    public void throttled(Quota kind, Duration retryAfter) {
        log.warn("Intune throttles {} of {}{}", kind, name,
                retryAfter.isPositive() ? " and closes for " + retryAfter.toSeconds() + " s" : "");
        try {
            ledger.throttled(kind, retryAfter);
        } catch (DataAccessException | TransactionException e) {
            // what was asked is answered, and that must not be lost; the next request meets the database first
            log.warn("The budget of {} could not be slowed down", name, e);
        }
    }

    private void pause(Duration pause) {
        long millis = Math.min(pause.plusMillis(1).toMillis(), LOOK_AGAIN.toMillis());
        try {
            if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
                throw new CancellationException("the service stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("waiting for the budget was stopped");
        }
    }
}
