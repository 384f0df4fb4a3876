package io.acmpintune.engine.job;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Tells readers of this process when a job has changed. One thread asks the database for the revisions of all jobs that
 * somebody watches, and only while somebody does; readers wait for it in memory.
 */
@Component
public class JobEvents implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobEvents.class);
    /** How late a change is seen that another replica made. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int PAGE = 500;
    private static final UUID BEHIND_ALL = new UUID(-1, -1);

    private final JobRepository jobs;
    private final TargetRepository targets;
    private final JobSignal signal;
    private final Map<UUID, Watched> watched = new HashMap<>();
    private @Nullable Thread looking;
    private volatile boolean running;

    JobEvents(JobRepository jobs, TargetRepository targets, JobSignal signal) {
        this.jobs = jobs;
        this.targets = targets;
        this.signal = signal;
    }

    private static final class Watched {
        private int readers;
        private long revision;
    }

    /**
     * How far a reader has read a job: up to a target of a revision.
     *
     * @param client the last target read of the revision
     */
    public record Position(long revision, UUID client) {

        /** A position behind everything that a job was at a revision. */
        public static Position after(long revision) {
            return new Position(revision, BEHIND_ALL);
        }

        /** The position that a text names, as {@link #toString} writes it; empty when it names none. */
        public static Optional<Position> parse(String text) {
            int at = text.indexOf('.');
            try {
                return at < 1
                        ? Optional.empty()
                        : Optional.of(new Position(Long.parseLong(text.substring(0, at)),
                                UUID.fromString(text.substring(at + 1))));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return revision + "." + client;
        }
    }

    /** Targets that changed, each as it is now, and how far they reach. */
    public record Changes(List<Job.Target> targets, Position position) {
        public Changes {
            targets = List.copyOf(targets);
        }

        public boolean isEmpty() {
            return targets.isEmpty();
        }
    }

    /** What changed behind a position, the oldest change first; so many at most that there may be more. */
    public Changes changes(UUID job, Position behind) {
        List<TargetRepository.Changed> changed = targets.changes(job, behind.revision(), behind.client(), PAGE);
        return changed.isEmpty()
                ? new Changes(List.of(), behind)
                : new Changes(changed.stream().map(TargetRepository.Changed::target).toList(),
                        new Position(changed.getLast().revision(), changed.getLast().target().clientId()));
    }

    /** Takes part in looking after a job, until it is closed. */
    public final class Reader implements AutoCloseable {

        private final UUID job;

        private Reader(UUID job) {
            this.job = job;
        }

        /**
         * Waits until the job's revision is above that, the time is up, or the service ends.
         *
         * @return false when the service ends
         */
        public boolean await(long revision, Duration atMost) throws InterruptedException {
            return awaitAbove(job, revision, atMost);
        }

        @Override
        public void close() {
            leave(job);
        }
    }

    public Reader watch(UUID job) {
        synchronized (watched) {
            watched.computeIfAbsent(job, _ -> new Watched()).readers++;
            watched.notifyAll();
        }
        signal.changed();
        return new Reader(job);
    }

    private void leave(UUID job) {
        synchronized (watched) {
            watched.computeIfPresent(job, (_, of) -> --of.readers == 0 ? null : of);
        }
    }

    private boolean awaitAbove(UUID job, long revision, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (watched) {
            for (long left = atMost.toMillis(); running && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                Watched of = watched.get(job);
                if (of == null || of.revision > revision) {
                    break;
                }
                watched.wait(left);
            }
        }
        return running;
    }

    @Override
    public void start() {
        running = true;
        looking = Thread.ofVirtual().name("job-events").start(this::look);
    }

    @Override
    public void stop() {
        running = false;
        synchronized (watched) {
            watched.notifyAll();
        }
        Thread thread = looking;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Ended before the web server, which waits for every request under way. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private void look() {
        try {
            while (running) {
                long changes = signal.count();
                tell(revisions(watchedOnes()));
                signal.awaitMoreThan(changes, BETWEEN_LOOKS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<UUID> watchedOnes() throws InterruptedException {
        synchronized (watched) {
            while (watched.isEmpty()) {
                watched.wait();
            }
            return Set.copyOf(watched.keySet());
        }
    }

    private Map<UUID, Long> revisions(Set<UUID> of) {
        try {
            return jobs.revisions(of);
        } catch (DataAccessException e) {
            log.debug("Watched jobs cannot be looked at now", e);
            return Map.of();
        }
    }

    private void tell(Map<UUID, Long> revisions) {
        synchronized (watched) {
            revisions.forEach((job, revision) -> watched.computeIfPresent(job, (_, of) -> {
                of.revision = revision;
                return of;
            }));
            watched.notifyAll();
        }
    }
}
