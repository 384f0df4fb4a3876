package io.acmpintune.connector.web;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

import io.acmpintune.connector.inventory.FeedSignal;

/**
 * Polls until there is a result or the time is up; changes of this process end a wait early. When the service stops, waiting requests
 * are answered immediately, because a graceful shutdown waits for them.
 */
@Component
class LongPoll implements ApplicationListener<ContextClosedEvent> {

    static final Duration MAX_WAIT = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final FeedSignal signal;
    private volatile boolean stopping;

    LongPoll(FeedSignal signal) {
        this.signal = signal;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        stopping = true;
        signal.changed();
    }

    <T> Optional<T> first(Duration wait, Supplier<Optional<T>> poll) {
        long end = System.nanoTime() + wait.toNanos();
        while (true) {
            long changes = signal.count();
            Optional<T> found = poll.get();
            long left = end - System.nanoTime();
            if (found.isPresent() || left <= 0 || stopping || Thread.currentThread().isInterrupted()) {
                return found;
            }
            signal.awaitMoreThan(changes, left < POLL_INTERVAL.toNanos() ? Duration.ofNanos(left) : POLL_INTERVAL);
        }
    }
}
