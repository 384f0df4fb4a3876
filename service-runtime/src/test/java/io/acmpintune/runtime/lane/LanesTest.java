package io.acmpintune.runtime.lane;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.acmpintune.runtime.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LanesTest {

    private static final DataSource DATABASE = TestDatabase.migrated("lanes");

    private final JdbcClient jdbc = JdbcClient.create(DATABASE);
    private final TransactionTemplate transactions = new TransactionTemplate(
            new DataSourceTransactionManager(DATABASE));

    @BeforeEach
    void empty() {
        jdbc.sql("create table if not exists note (text text)").update();
        TestDatabase.empty(jdbc, "lane", "note");
    }

    @Test
    void aRunThatHoldsTheFenceWrites() {
        Fence fence = Fence.take(jdbc, transactions, "scan:A");

        fence.write(() -> jdbc.sql("insert into note values ('mine')").update());

        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void aPausedReplicaCannotWriteAfterAnotherTookOver() {
        Fence paused = Fence.take(jdbc, transactions, "scan:A");
        Fence.take(jdbc, transactions, "scan:A");

        assertThatThrownBy(() -> paused.write(() -> jdbc.sql("insert into note values ('stale')").update()))
                .isInstanceOf(LaneLostException.class)
                .hasMessageContaining("scan:A")
                .hasMessageContaining("another replica");
        assertThat(notes()).isZero();
    }

    @Test
    void lanesOfDifferentOwnersDoNotFenceEachOther() {
        Fence first = Fence.take(jdbc, transactions, "scan:A");
        Fence.take(jdbc, transactions, "scan:B");

        first.write(() -> jdbc.sql("insert into note values ('mine')").update());

        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void aFailingLaneIsRetriedWithGrowingDelaysUpToAMinute() {
        assertThat(IntStream.of(1, 2, 3, 7, 1_000).mapToObj(Lanes::pauseAfter)).containsExactly(Duration.ofSeconds(1),
                Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    @Test
    void aCancelledLaneHasNotFailed() {
        LaneRun run = LaneRuns.begin(jdbc, transactions, "scan", "A", () -> true);

        assertThat(Lanes.work("scan:A", _ -> {
            throw new CancellationException("the service stops");
        }, run)).isZero();
    }

    private int notes() {
        return jdbc.sql("select count(*) from note").query(Integer.class).single();
    }
}
