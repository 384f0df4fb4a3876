package io.acmpintune.simulator.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Looks again and again until something holds, for a bounded time. */
public final class Await {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private Await() {}

    /**
     * Waits for a value.
     *
     * @param what for the message, as in "the scan is finished"
     * @throws DemoFailure when it does not come in time
     */
    public static <T> T until(String what, Duration atMost, Callable<Optional<T>> look) throws Exception {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<T> found = look.call();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > end) {
                throw new DemoFailure("Within " + atMost.toSeconds() + " s it did not come about that " + what);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }
}
