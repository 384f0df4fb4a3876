package io.acmpintune.engine.publication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

import io.acmpintune.runtime.database.Parameters;

/** Deletes old rows. Every replica does so, since repeating it is harmless. */
class Retention {

    private static final Duration KEPT_FOR = Duration.ofDays(90);

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Retention(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void deleteOldRows() {
        Instant now = clock.instant();
        jdbc.sql("delete from run where finished_at < :before")
                .param("before", Parameters.timestamp(now.minus(KEPT_FOR)))
                .update();
        // not while the decision still applies to a client
        jdbc.sql("""
                delete from hold where decided_at < :before
                    and not exists (select 1 from held_client where held_client.hold = hold.id and done_at is null)
                """).param("before", Parameters.timestamp(now.minus(KEPT_FOR))).update();
        jdbc.sql("delete from guard_count where at < :before")
                .param("before", Parameters.timestamp(now.minus(Snapshots.COUNTED_FOR)))
                .update();
    }
}
