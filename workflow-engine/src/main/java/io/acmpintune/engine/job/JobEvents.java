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
import org.springframework.stereotype.Component;

/**
 * Notifies readers of this process when a job has changed. One thread polls the revisions of all watched jobs, and only while
 * there are any; readers wait for it in memory, and only those of a changed job wake.
 */
@Component
public class JobEvents implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobEvents.class);
    /** How late a change by another replica is seen. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    /** Changes that come more often are seen together. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
    private static final int PAGE = 500;
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    private final JobRepository jobs;
    private final TargetRepository targets;
    private final JobSignal signal;
    /** Only the poller waits for this object. */
    private final Map<UUID, Watched> jobsWatched = new HashMap<>();
    private @Nullable Thread poller;
    private volatile boolean running;

    JobEvents(JobRepository jobs, TargetRepository targets, JobSignal signal) {
        this.jobs = jobs;
        this.targets = targets;
        this.signal = signal;
    }

    /** A watched job; its readers wait for this object. */
    private static final class Watched {
        private int readers;
        private long revision;
    }

    /** Why a reader stopped waiting. */
    public enum Wake {
        CHANGED, TIME_IS_UP, SERVICE_STOPS
    }

    /**
     * How far a reader has read the changes of a job.
     *
     * @param client the last target that was read of the revision
     */
    public record Position(long revision, UUID client) {

        /** Returns the position after all changes up to a revision. */
        public static Position after(long revision) {
            return new Position(revision, AFTER_ALL);
        }

        /** Parses a position as {@link #toString} writes it; empty for any other text. */
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

    /** Changed targets in their present state, and the position after them. */
    public record Changes(List<Job.Target> targets, Position position) {
        public Changes {
            targets = List.copyOf(targets);
        }

        public boolean isEmpty() {
            return targets.isEmpty();
        }
    }

    /** Returns a page of changes after a position, the oldest first. */
    public Changes changes(UUID job, Position after) {
        List<TargetRepository.Changed> changed = targets.changes(job, after.revision(), after.client(), PAGE);
        return changed.isEmpty()
                ? new Changes(List.of(), after)
                : new Changes(changed.stream().map(TargetRepository.Changed::target).toList(),
                        new Position(changed.getLast().revision(), changed.getLast().target().clientId()));
    }

    /** Watches a job until it is closed. */
    public final class Reader implements AutoCloseable {

        private final UUID job;
        private final Watched watched;

        private Reader(UUID job, Watched watched) {
            this.job = job;
            this.watched = watched;
        }

        /** Waits until the job has a newer revision, the time is up, or the service stops. It does not need the database. */
        public Wake await(long revision, Duration atMost) throws InterruptedException {
            long end = System.nanoTime() + atMost.toNanos();
            synchronized (watched) {
                for (long left = atMost.toMillis(); running && watched.revision <= revision
                        && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                    watched.wait(left);
                }
                return running ? watched.revision > revision ? Wake.CHANGED : Wake.TIME_IS_UP : Wake.SERVICE_STOPS;
            }
        }

        @Override
        public void close() {
            leave(job);
        }
    }

    public Reader watch(UUID job) {
        synchronized (jobsWatched) {
            Watched of = jobsWatched.computeIfAbsent(job, _ -> new Watched());
            of.readers++;
            jobsWatched.notifyAll();
            return new Reader(job, of);
        }
    }

    private void leave(UUID job) {
        synchronized (jobsWatched) {
            jobsWatched.computeIfPresent(job, (_, of) -> --of.readers == 0 ? null : of);
        }
    }

    @Override
    public void start() {
        running = true;
        poller = Thread.ofVirtual().name("job-events").start(this::poll);
    }

    @Override
    public void stop() {
        running = false;
        readers().values().forEach(JobEvents::wake);
        Thread thread = poller;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops before the web server does, which waits for every request under way. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private void poll() {
        try {
            while (running) {
                long changes = signal.changes();
                publish(watchedJobs());
                Thread.sleep(SHORTEST_INTERVAL);
                signal.awaitMoreThan(changes, POLL_INTERVAL);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until there are readers. */
    private Map<UUID, Watched> watchedJobs() throws InterruptedException {
        synchronized (jobsWatched) {
            while (jobsWatched.isEmpty()) {
                jobsWatched.wait();
            }
        }
        return readers();
    }

    private Map<UUID, Watched> readers() {
        synchronized (jobsWatched) {
            return Map.copyOf(jobsWatched);
        }
    }

    private void publish(Map<UUID, Watched> of) {
        revisions(of.keySet()).forEach((job, revision) -> {
            Watched watched = of.get(job);
            if (watched != null) {
                synchronized (watched) {
                    if (revision > watched.revision) {
                        watched.revision = revision;
                        watched.notifyAll();
                    }
                }
            }
        });
    }

    /** Returns nothing when the database fails; whatever the failure is, the next poll may succeed. */
    private Map<UUID, Long> revisions(Set<UUID> of) {
        try {
            return jobs.revisions(of);
        } catch (RuntimeException e) {
            log.debug("Watched jobs cannot be polled", e);
            return Map.of();
        }
    }

    private static void wake(Watched watched) {
        synchronized (watched) {
            watched.notifyAll();
        }
    }
}
