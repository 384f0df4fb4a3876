package io.acmpintune.runtime.continuity;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import io.acmpintune.runtime.database.TestDatabase;
import io.acmpintune.runtime.fixture.TestClock;

import static org.assertj.core.api.Assertions.assertThat;

/** The database's clock, with a host's clocks that the test moves. */
class DatabaseClockTest {

    private static final DataSource DATABASE = TestDatabase.fresh().dataSource("public");

    private final AtomicInteger queries = new AtomicInteger();
    private final TestClock host = TestClock.fixed();
    private final AtomicLong nanos = new AtomicLong();
    private final DatabaseClock clock = new DatabaseClock(JdbcClient.create(new Counting()), host, nanos::get);

    private volatile boolean broken;

    private final class Counting extends DelegatingDataSource {

        Counting() {
            super(DATABASE);
        }

        @Override
        public Connection getConnection() throws SQLException {
            queries.incrementAndGet();
            if (broken) {
                throw new SQLException("broken by the test");
            }
            return super.getConnection();
        }
    }

    @Test
    void theTimeIsTheDatabasesWhateverTheHostsClockShows() {
        Instant before = database();
        Instant time = clock.instant();

        assertThat(time).isBetween(before, database());
    }

    @Test
    void timeGoesOnWithTheMonotonicClockWithoutAskingTheDatabase() {
        Instant start = clock.instant();
        pass(Duration.ofSeconds(4));

        assertThat(clock.instant()).isEqualTo(start.plusSeconds(4));
        assertThat(queries).hasValue(1);
    }

    @Test
    void theDatabaseIsAskedAgainAfterAWhileWhileTheTimeGoesOn() {
        Instant start = clock.instant();
        pass(DatabaseClock.READ_EVERY.plusSeconds(60));
        assertThat(clock.instant()).isEqualTo(start.plusSeconds(65));

        // the database's clock has not gone on by a minute
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!clock.instant().isBefore(start.plusSeconds(60))) {
            assertThat(System.nanoTime()).as("the database is not asked").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void aSmallDifferenceDoesNotLetTimeStepBack() {
        Instant start = clock.instant();
        // the monotonic clock stands still, so that the database's is ahead by the duration of the test
        host.advance(Duration.ofSeconds(10));

        assertThat(clock.instant()).isAfterOrEqualTo(start);
        assertThat(queries).hasValue(2);
    }

    @Test
    void aHostThatWasSuspendedAsksAtOnce() {
        clock.instant();
        host.advance(Duration.ofDays(2));

        clock.instant();

        assertThat(queries).hasValue(2);
    }

    @Test
    void timeGoesOnWhileTheDatabaseIsAway() {
        Instant start = clock.instant();
        broken = true;
        pass(Duration.ofMinutes(1));
        host.advance(Duration.ofDays(1));

        assertThat(clock.instant()).isEqualTo(start.plusSeconds(60));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        host.advance(time);
    }

    private static Instant database() {
        return JdbcClient.create(DATABASE)
                .sql("select clock_timestamp()")
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .single();
    }
}
