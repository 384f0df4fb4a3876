package io.acmpintune.runtime.continuity;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.acmpintune.runtime.continuity.Continuity.Beat;
import io.acmpintune.runtime.continuity.Continuity.Identity;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/**
 * The table {@code heartbeat}: one row that a running service writes every few seconds, by which a later start recognizes an
 * outage and a restored backup.
 */
public final class Heartbeat {

    /** How often a running service beats. */
    public static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private final JdbcClient jdbc;
    /** The count of this process's last beat; null = none. */
    private volatile @Nullable Long remembered;

    public Heartbeat(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the id of the database, which a restored backup keeps. */
    public UUID id() {
        return jdbc.sql("select id from heartbeat").query((row, _) -> row.getObject("id", UUID.class)).single();
    }

    /** Compares the last heartbeat with the present; writes nothing. */
    public Continuity examine() {
        Optional<Beat> last = last();
        Long mine = remembered;
        if (last.isEmpty()) {
            return mine == null
                    ? new Continuity.Unbroken()
                    : new Continuity.Restored("The database's heartbeat has vanished while the service was running.");
        }
        return Continuity.between(last.get(), now(), identity(), mine);
    }

    /** Beats. What {@link #examine} found before is forgotten, so whoever calls this has acted on it. */
    public void beat() {
        Identity identity = identity();
        remembered = jdbc.sql("""
                insert into heartbeat (count, at, tables, server, timeline)
                values (1, :now, :tables, :server, :timeline)
                on conflict (only_one) do update set count = heartbeat.count + 1, at = excluded.at,
                    tables = excluded.tables, server = excluded.server, timeline = excluded.timeline
                returning count
                """)
                .param("now", timestamp(now()))
                .param("tables", identity.tables())
                .param("server", identity.server(), Types.VARCHAR)
                .param("timeline", identity.timeline(), Types.VARCHAR)
                .query(Long.class)
                .single();
    }

    private Optional<Beat> last() {
        return jdbc.sql("select count, at, tables, server, timeline from heartbeat")
                .query((row, _) -> new Beat(row.getLong("count"), instant(row, "at"),
                        new Identity(row.getString("tables"), row.getString("server"), row.getString("timeline"))))
                .optional();
    }

    private Instant now() {
        return jdbc.sql("select clock_timestamp() as now").query((row, _) -> instant(row, "now")).single();
    }

    private Identity identity() {
        String tables = jdbc.sql("""
                select concat(oid, '/', 'heartbeat'::regclass::oid) from pg_database where datname = current_database()
                """).query(String.class).single();
        return server().map(server -> new Identity(tables, server.id(), server.timeline()))
                .orElseGet(() -> new Identity(tables, null, null));
    }

    private record Server(String id, String timeline) {}

    /** Returns empty where the server is a service that does not show its log's position. */
    private Optional<Server> server() {
        try {
            return Optional.of(jdbc.sql("""
                    select system_identifier::text as id,
                        substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) as timeline
                    from pg_control_system()
                    """).query((row, _) -> new Server(row.getString("id"), row.getString("timeline"))).single());
        } catch (DataAccessException e) {
            log.debug("The database server's identity cannot be read", e);
            return Optional.empty();
        }
    }
}
