package io.acmpintune.engine.publication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

import static io.acmpintune.runtime.database.Parameters.timestamp;

/** Forgets what was long ago. Harmless to repeat, so every process does it. */
class Retention {

    private static final Duration KEPT = Duration.ofDays(90);

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Retention(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void forget() {
        Instant now = clock.instant();
        jdbc.sql("delete from run where finished_at < :before").param("before", timestamp(now.minus(KEPT))).update();
        // a decision that still stands for a client is kept
        jdbc.sql("""
                delete from hold where decided_at < :before
                    and not exists (select 1 from held_client where held_client.hold = hold.id and done_at is null)
                """).param("before", timestamp(now.minus(KEPT))).update();
        jdbc.sql("delete from guard_count where at < :before")
                .param("before", timestamp(now.minus(Snapshots.REMEMBERED)))
                .update();
    }
}
