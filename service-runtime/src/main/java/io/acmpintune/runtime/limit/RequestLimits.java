package io.acmpintune.runtime.limit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** Counts the requests of each identity in this process, and those that are held open. */
public final class RequestLimits {

    private static final Duration UNTIL_ONE_ENDS = Duration.ofSeconds(10);
    /** More identities than a company has; above, those without a recent request are forgotten. */
    private static final int MANY = 10_000;

    /** How many large bodies of an identity are read at once, so that they do not fill the memory together. */
    static final int MOST_LARGE_BODIES = 16;

    private final RequestRate rate;
    private final Map<Held, Integer> most;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> paidAt = new HashMap<>();
    private final Map<Slot, Integer> held = new HashMap<>();

    /** Requests of which an identity may have only so many at once. */
    enum Held {
        STREAM("event streams and long polls"),
        LARGE_BODY("requests with large bodies");

        private final String text;

        Held(String text) {
            this.text = text;
        }
    }

    private record Slot(String identity, Held what) {}

    /**
     * Creates limits that apply to each identity.
     *
     * @param perSecond requests per second in the long run
     * @param burst requests at once
     * @param mostHeld event streams and long polls at once
     */
    public RequestLimits(int perSecond, int burst, int mostHeld) {
        this(perSecond, burst, mostHeld, System::nanoTime);
    }

    RequestLimits(int perSecond, int burst, int mostHeld, LongSupplier nanos) {
        this.rate = new RequestRate(perSecond, burst);
        this.most = Map.of(Held.STREAM, mostHeld, Held.LARGE_BODY, MOST_LARGE_BODIES);
        this.nanos = nanos;
    }

    /** @throws ProblemException 429 if the identity sends too many requests */
    void count(String identity) {
        long now = nanos.getAsLong();
        long tooEarly = tooEarly(identity, now);
        if (tooEarly > 0) {
            throw new ProblemException(Problem.of(ProblemKind.TOO_MANY_REQUESTS,
                    identity + " sends more than " + rate.perSecond() + " requests a second.",
                    "Wait as long as the header Retry-After says, then send fewer requests."),
                    Duration.ofNanos(tooEarly));
        }
    }

    private long tooEarly(String identity, long now) {
        lock.lock();
        try {
            if (paidAt.size() > MANY) {
                paidAt.values().removeIf(paid -> paid - now < 0);
            }
            long paid = paidAt.getOrDefault(identity, now);
            long tooEarly = rate.tooEarlyBy(paid, now);
            if (tooEarly <= 0) {
                paidAt.put(identity, rate.after(paid, now));
            }
            return tooEarly;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts a request that stays open until it is {@link #release released}.
     *
     * @throws ProblemException 429 if the identity has too many of them
     */
    void hold(String identity, Held what) {
        Slot slot = new Slot(identity, what);
        int limit = Objects.requireNonNull(most.get(what));
        lock.lock();
        try {
            int open = held.getOrDefault(slot, 0);
            if (open < limit) {
                held.put(slot, open + 1);
                return;
            }
        } finally {
            lock.unlock();
        }
        throw new ProblemException(Problem.of(ProblemKind.TOO_MANY_STREAMS,
                identity + " has " + limit + " " + what.text + " open.",
                "Close some of them, or wait until one ends."), UNTIL_ONE_ENDS);
    }

    void release(String identity, Held what) {
        lock.lock();
        try {
            held.computeIfPresent(new Slot(identity, what), (_, open) -> open == 1 ? null : open - 1);
        } finally {
            lock.unlock();
        }
    }
}
