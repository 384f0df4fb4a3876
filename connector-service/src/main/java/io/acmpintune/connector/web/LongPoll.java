package io.acmpintune.connector.web;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

import io.acmpintune.connector.inventory.FeedSignal;

/**
 * Looks until there is something or the time is up; woken by changes of this process, and looking by itself for others'. When
 * the service ends, whoever waits is answered at once: a graceful end waits for every request under way.
 */
@Component
class LongPoll implements ApplicationListener<ContextClosedEvent> {

    static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final FeedSignal signal;
    private volatile boolean ending;

    LongPoll(FeedSignal signal) {
        this.signal = signal;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        ending = true;
        signal.changed();
    }

    <T> Optional<T> first(Duration wait, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + wait.toNanos();
        while (true) {
            long changes = signal.count();
            Optional<T> found = look.get();
            long left = end - System.nanoTime();
            if (found.isPresent() || left <= 0 || ending || Thread.currentThread().isInterrupted()) {
                return found;
            }
            signal.awaitMoreThan(changes, left < BETWEEN_LOOKS.toNanos() ? Duration.ofNanos(left) : BETWEEN_LOOKS);
        }
    }
}
