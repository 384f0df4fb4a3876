package io.acmpintune.engine.publication;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.workflow.Publishing;

/**
 * Decides whether changes are told now or when no more come: a scan finds them page by page, and told page by page a few changes
 * would be many messages.
 */
final class Gathering {

    /** So many batches are told while more come: what the last one lacks in fullness hardly matters. */
    private static final int MANY_BATCHES = 10;
    /** A scan of Intune takes this long with many devices. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Duration quiet;
    private final int many;
    private volatile @Nullable Waiting waiting;

    Gathering(Publishing publishing) {
        this.quiet = publishing.gather();
        this.many = MANY_BATCHES * publishing.batchSize();
    }

    /** A few changes that are not told yet: up to which revision, since when, and when the last one came. */
    private record Waiting(long revision, Instant since, Instant last) {}

    /**
     * How long to wait for more; zero = tell now.
     *
     * @param told how everything stood when it was told; null = not known
     */
    Duration pause(RunRepository.@Nullable Position told, RunRepository.Position present, Instant now) {
        if (told == null || !told.basis().equals(present.basis()) || told.revision() == present.revision()
                || present.revision() - told.revision() >= many) {
            waiting = null;
            return Duration.ZERO;
        }
        Waiting before = waiting;
        Waiting current = before != null && before.revision() == present.revision()
                ? before
                : new Waiting(present.revision(), before == null ? now : before.since(), now);
        Instant end = earlier(current.last().plus(quiet), current.since().plus(LONGEST));
        waiting = now.isBefore(end) ? current : null;
        return now.isBefore(end) ? Duration.between(now, end) : Duration.ZERO;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
