package io.acmpintune.simulator.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Repeats a probe until it yields a value. A wait is given up only when nothing has progressed for a while. */
public final class Await {

    private static final Duration INTERVAL = Duration.ofMillis(100);
    /** Reached by a hang only, however busy the machine is. */
    private static final Duration LONG = Duration.ofMinutes(15);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(20);

    private final Duration stall;
    private final Callable<?> progress;
    private final Consumer<String> report;

    private Await(Duration stall, Callable<?> progress, Consumer<String> report) {
        this.stall = stall;
        this.progress = progress;
        this.report = report;
    }

    /**
     * Waits for a value, for a quarter of an hour at most.
     *
     * @param what completes "waiting until", as in "the scan is finished"
     * @throws DemoFailure when the time is over
     */
    public static <T> T until(String what, Callable<Optional<T>> probe) throws Exception {
        return until(what, LONG, probe);
    }

    /** Waits for a condition, as {@link #until(String, Callable)} does for a value. */
    public static void untilTrue(String what, Callable<Boolean> condition) throws Exception {
        until(what, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /**
     * Waits for a value for a bounded time.
     *
     * @param what completes "waiting until", as in "the scan is finished"
     * @throws DemoFailure when the time is over
     */
    public static <T> T until(String what, Duration atMost, Callable<Optional<T>> probe) throws Exception {
        return whileProgressing(atMost, () -> "", _ -> {}).value(what, probe);
    }

    /**
     * Waits as long as something progresses.
     *
     * @param stall    how long the progress may stay the same before the wait is given up
     * @param progress any value that changes with progress
     * @param report   receives a line from time to time while waiting
     */
    public static Await whileProgressing(Duration stall, Callable<?> progress, Consumer<String> report) {
        return new Await(stall, progress, report);
    }

    /**
     * Waits for a value.
     *
     * @param what completes "waiting until", as in "the scan is finished"
     * @throws DemoFailure when nothing has progressed for the allowed time
     */
    public <T> T value(String what, Callable<Optional<T>> probe) throws Exception {
        Object last = "";
        long lastProgress = System.nanoTime();
        long lastReport = lastProgress;
        while (true) {
            Optional<T> found = probe.call();
            if (found.isPresent()) {
                return found.get();
            }
            Object now = progress.call();
            long time = System.nanoTime();
            if (!now.equals(last)) {
                last = now;
                lastProgress = time;
            }
            if (time - lastProgress > stall.toNanos()) {
                throw new DemoFailure("Gave up waiting until " + what + ": no progress for " + stall.toSeconds()
                        + " seconds.");
            }
            if (time - lastReport > BETWEEN_REPORTS.toNanos()) {
                lastReport = time;
                report.accept("still waiting until " + what);
            }
            Thread.sleep(INTERVAL);
        }
    }
}
