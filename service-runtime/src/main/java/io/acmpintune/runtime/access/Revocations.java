package io.acmpintune.runtime.access;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The revoked identities as this replica knows them. Requests are checked against memory, so that neither a slow nor a full database
 * keeps anybody out; what another replica has revoked is known here after {@link #INTERVAL}.
 */
public final class Revocations implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Revocations.class);

    private final Supplier<Set<String>> source;
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofVirtual().name("revocations").factory());
    /** Null until the database has been read once. */
    private volatile @Nullable Set<String> revoked;
    private boolean failing;

    private Revocations(Supplier<Set<String>> source) {
        this.source = source;
    }

    /** Reads the revocations from now on. */
    public static Revocations of(RevocationRepository repository) {
        Revocations revocations = new Revocations(() -> repository.all()
                .stream()
                .map(Revocation::identity)
                .collect(Collectors.toUnmodifiableSet()));
        var _ = revocations.timer.scheduleWithFixedDelay(revocations::refreshQuietly, 0, INTERVAL.toMillis(),
                TimeUnit.MILLISECONDS);
        return revocations;
    }

    /**
     * Returns whether the credentials of an identity are refused.
     *
     * @throws DataAccessException if the revocations have never been read, and cannot be read now
     */
    public boolean covers(String identity) {
        Set<String> known = revoked;
        if (known == null) {
            known = source.get();
            revoked = known;
        }
        return known.contains(identity);
    }

    /** Reads the revocations at once, after a change has been committed. */
    public void refresh() {
        revoked = source.get();
    }

    private void refreshQuietly() {
        try {
            refresh();
            failing = false;
        } catch (DataAccessException | TransactionException e) {
            if (!failing) {
                log.warn("The revocations cannot be read; the last known ones apply ({})", e.toString());
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
