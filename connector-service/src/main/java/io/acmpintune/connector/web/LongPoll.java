package io.acmpintune.connector.web;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import org.springframework.stereotype.Component;

import io.acmpintune.connector.inventory.FeedSignal;

/** Looks until there is something or the time is up; woken by changes of this process, and looking by itself for others'. */
@Component
class LongPoll {

    static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final FeedSignal signal;

    LongPoll(FeedSignal signal) {
        this.signal = signal;
    }

    <T> Optional<T> first(Duration wait, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + wait.toNanos();
        while (true) {
            long changes = signal.count();
            Optional<T> found = look.get();
            long left = end - System.nanoTime();
            if (found.isPresent() || left <= 0 || Thread.currentThread().isInterrupted()) {
                return found;
            }
            signal.awaitMoreThan(changes, left < BETWEEN_LOOKS.toNanos() ? Duration.ofNanos(left) : BETWEEN_LOOKS);
        }
    }
}
