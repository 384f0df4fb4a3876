package io.acmpintune.runtime.continuity;

import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.acmpintune.runtime.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/** The heartbeat on a real database. */
class HeartbeatTest {

    private static final DataSource DATABASE = TestDatabase.migrated("beats");

    private final JdbcClient jdbc = JdbcClient.create(DATABASE);
    private final Heartbeat heartbeat = new Heartbeat(jdbc);

    @BeforeEach
    void empty() {
        jdbc.sql("delete from heartbeat").update();
    }

    @Test
    void theFirstStartAndEveryQuickRestartAreUnbroken() {
        assertThat(heartbeat.examine()).isInstanceOf(Continuity.Unbroken.class);
        heartbeat.beat();
        heartbeat.beat();

        assertThat(heartbeat.examine()).isInstanceOf(Continuity.Unbroken.class);
        assertThat(new Heartbeat(jdbc).examine()).isInstanceOf(Continuity.Unbroken.class);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void anOldHeartbeatIsAGapUntilTheNextBeat() {
        heartbeat.beat();
        jdbc.sql("update heartbeat set at = at - interval '6 minutes'").update();

        assertThat(new Heartbeat(jdbc).examine()).isInstanceOf(Continuity.Gap.class);
        heartbeat.beat();
        assertThat(new Heartbeat(jdbc).examine()).isInstanceOf(Continuity.Unbroken.class);
    }

    @Test
    void aTableThatWasCreatedAgainIsRestored() {
        heartbeat.beat();
        jdbc.sql("alter table heartbeat rename to dumped").update();
        jdbc.sql("create table heartbeat (like dumped including all)").update();
        jdbc.sql("insert into heartbeat select * from dumped").update();
        jdbc.sql("drop table dumped").update();

        assertThat(new Heartbeat(jdbc).examine()).isInstanceOf(Continuity.Restored.class);
    }

    @Test
    void aDatabaseThatIsReplacedUnderARunningServiceIsRestored() {
        heartbeat.beat();
        heartbeat.beat();
        jdbc.sql("update heartbeat set count = 1").update();

        assertThat(heartbeat.examine()).isInstanceOf(Continuity.Restored.class);

        jdbc.sql("delete from heartbeat").update();
        assertThat(heartbeat.examine()).isInstanceOf(Continuity.Restored.class);
    }

    @Test
    void theServerShowsItsIdentity() {
        heartbeat.beat();

        assertThat(jdbc.sql("select server ~ '^[0-9]+$' and timeline ~ '^[0-9A-F]{8}$' from heartbeat")
                .query(Boolean.class)
                .single()).isTrue();
    }

    private long count() {
        return jdbc.sql("select count from heartbeat").query(Long.class).single();
    }
}
