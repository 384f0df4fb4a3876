package io.acmpintune.runtime.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A value of a source that may be slow. Asking takes no longer than the patience, and the source is asked once at a time.
 *
 * @param <T> the value
 */
public final class PromptValue<T> {

    private final Supplier<T> source;
    private final Duration patience;
    private @Nullable FutureTask<T> asking;

    public PromptValue(Supplier<T> source, Duration patience) {
        this.source = source;
        this.patience = patience;
    }

    /** Returns the present value; empty if the source fails, or has not answered in time. */
    public Optional<T> get() {
        try {
            return Optional.of(asking().get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException | CancellationException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private synchronized FutureTask<T> asking() {
        FutureTask<T> present = asking;
        if (present == null || present.isDone()) {
            present = new FutureTask<>(source::get);
            asking = present;
            Thread.ofVirtual().name("prompt-value").start(present);
        }
        return present;
    }
}
