package io.acmpintune.engine.outage;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code outage}. */
@Repository
class OutageRepository {

    private final JdbcClient jdbc;

    OutageRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes what is broken now, and forgets what works again. */
    void note(String workflow, Collection<String> broken, Instant now) {
        String[] connections = broken.toArray(String[]::new);
        jdbc.sql("delete from outage where workflow = :workflow and connection <> all(:broken)")
                .param("workflow", workflow)
                .param("broken", connections)
                .update();
        jdbc.sql("""
                insert into outage (workflow, connection, since)
                select :workflow, connection, :now from unnest(:broken) as row (connection)
                on conflict do nothing
                """)
                .param("workflow", workflow)
                .param("broken", connections)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Connections that have been broken since then or longer, of which nobody was told; from now on somebody was. */
    List<String> tell(String workflow, Instant since, Instant now) {
        return jdbc.sql("""
                update outage set told_at = :now
                where workflow = :workflow and told_at is null and since <= :since
                returning connection
                """)
                .param("workflow", workflow)
                .param("since", Timestamp.from(since))
                .param("now", Timestamp.from(now))
                .query((row, _) -> row.getString(1))
                .list();
    }
}
