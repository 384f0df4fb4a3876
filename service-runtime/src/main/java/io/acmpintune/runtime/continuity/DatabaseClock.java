package io.acmpintune.runtime.continuity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The database's clock, which all replicas share. It is read every few seconds; in between it goes on with the machine's
 * monotonic clock, so that a wrong or changed clock of the service's host decides nothing.
 */
public final class DatabaseClock implements InstantSource {

    static final Duration READ_EVERY = Duration.ofSeconds(5);
    /** Smaller differences come from the duration of the query; following them would let time step back. */
    static final Duration TOLERANCE = Duration.ofMillis(250);
    /** The monotonic clock stands still while a virtual machine is suspended; the host's clock shows that. */
    static final Duration SUSPENDED = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(DatabaseClock.class);

    private final JdbcClient jdbc;
    private final InstantSource host;
    private final LongSupplier nanos;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile @Nullable Reading last;

    /**
     * @param database the database's time at {@code nanos}
     * @param checked when the database was last asked, by the monotonic clock
     * @param host the host's time at {@code checked}
     */
    private record Reading(Instant database, long nanos, long checked, Instant host) {

        Instant at(long now) {
            return database.plusNanos(now - nanos);
        }
    }

    public DatabaseClock(JdbcClient jdbc) {
        this(jdbc, InstantSource.system(), System::nanoTime);
    }

    DatabaseClock(JdbcClient jdbc, InstantSource host, LongSupplier nanos) {
        this.jdbc = jdbc;
        this.host = host;
        this.nanos = nanos;
    }

    /**
     * Returns the database's time. Waits for the database only the first time, and after the host was suspended.
     *
     * @throws DataAccessException if the database has never answered and does not answer now
     */
    @Override
    public Instant instant() {
        Reading known = last;
        if (known == null) {
            return read(null).at(nanos.getAsLong());
        }
        long age = nanos.getAsLong() - known.checked();
        if (hasBeenSuspended(known, age)) {
            return readOr(known).at(nanos.getAsLong());
        }
        if (age >= READ_EVERY.toNanos() && reading.compareAndSet(false, true)) {
            Thread.ofVirtual().name("database-clock").start(() -> {
                try {
                    readOr(known);
                } finally {
                    reading.set(false);
                }
            });
        }
        return known.at(nanos.getAsLong());
    }

    private boolean hasBeenSuspended(Reading known, long age) {
        return Duration.between(known.host(), host.instant()).minusNanos(age).abs().compareTo(SUSPENDED) > 0;
    }

    private Reading readOr(Reading known) {
        try {
            return read(known);
        } catch (DataAccessException e) {
            log.debug("The database's clock cannot be read", e);
            return known;
        }
    }

    private Reading read(@Nullable Reading known) {
        Instant time = jdbc.sql("select clock_timestamp()")
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .single();
        long now = nanos.getAsLong();
        Instant hostTime = host.instant();
        Reading next = known == null || Duration.between(known.at(now), time).abs().compareTo(TOLERANCE) > 0
                ? new Reading(time, now, now, hostTime)
                : new Reading(known.database(), known.nanos(), now, hostTime);
        last = next;
        return next;
    }
}
