package io.acmpintune.engine.publication;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.workflow.Publishing;

/**
 * Delays a few changes until no more arrive: a scan finds changes page by page, and publishing every page would need many
 * messages.
 */
final class Debounce {

    /** From this many full batches on nothing is delayed, since one incomplete batch more hardly matters. */
    private static final int FULL_BATCHES = 10;
    /** A scan of a large tenant takes this long. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Duration quietPeriod;
    private final int maximumChanges;
    private volatile @Nullable Pending pending;

    Debounce(Publishing publishing) {
        this.quietPeriod = publishing.gather();
        this.maximumChanges = FULL_BATCHES * publishing.batchSize();
    }

    /** Changes that are delayed, up to a revision; when the first and the last of them arrived. */
    private record Pending(long revision, Instant first, Instant last) {}

    /**
     * Returns how long to wait for further changes; zero = publish now.
     *
     * @param published version at the last run; null = unknown
     */
    Duration delay(RunRepository.@Nullable InputVersion published, RunRepository.InputVersion current, Instant now) {
        if (published == null || !published.basis().equals(current.basis())
                || published.revision() == current.revision()
                || current.revision() - published.revision() >= maximumChanges) {
            pending = null;
            return Duration.ZERO;
        }
        Pending before = pending;
        Pending latest = before != null && before.revision() == current.revision()
                ? before
                : new Pending(current.revision(), before == null ? now : before.first(), now);
        Instant end = earlier(latest.last().plus(quietPeriod), latest.first().plus(LONGEST));
        pending = now.isBefore(end) ? latest : null;
        return now.isBefore(end) ? Duration.between(now, end) : Duration.ZERO;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
