package io.acmpintune.engine.alert;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The table {@code outage}. */
@Repository
class OutageRepository {

    private final JdbcClient jdbc;

    OutageRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Records the connections that are broken now and forgets all others. */
    void replace(String workflow, Collection<String> broken, Instant now) {
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
                .param("now", timestamp(now))
                .update();
    }

    /** Marks the outages that began at {@code since} or before as notified; returns the connections newly marked. */
    List<String> markNotified(String workflow, Instant since, Instant now) {
        return jdbc.sql("""
                update outage set notified_at = :now
                where workflow = :workflow and notified_at is null and since <= :since
                returning connection
                """)
                .param("workflow", workflow)
                .param("since", timestamp(since))
                .param("now", timestamp(now))
                .query((row, _) -> row.getString(1))
                .list();
    }
}
