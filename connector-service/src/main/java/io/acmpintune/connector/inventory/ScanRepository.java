package io.acmpintune.connector.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.ConnectorStatus.Scan;
import io.acmpintune.model.ConnectorStatus.ScanKind;
import io.acmpintune.model.ConnectorStatus.ScanState;
import io.acmpintune.model.ScanIntervals;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** Owns the table {@code scan} and the scan settings of the table {@code connector}. */
@Repository
class ScanRepository {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ScanRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    static Problem interrupted(String detail) {
        return Problem.of(ProblemKind.SCAN_INTERRUPTED, detail,
                "No action needed: the next scan reads everything again.");
    }

    /** Starts a scan, and marks one that a dead process left running as failed. */
    long start(String connector, ScanKind kind, Instant now) {
        Problem died = interrupted("The process died during the scan.");
        jdbc.sql("""
                update scan set state = 'FAILED', finished_at = :now, problem = :problem::json
                where connector = :connector and state = 'RUNNING'
                """)
                .param("connector", connector)
                .param("now", timestamp(now))
                .param("problem", json.writeValueAsString(died))
                .update();
        return jdbc.sql("""
                insert into scan (connector, kind, state, started_at) values (:connector, :kind, 'RUNNING', :now)
                returning id
                """)
                .param("connector", connector)
                .param("kind", kind.name())
                .param("now", timestamp(now))
                .query(Long.class)
                .single();
    }

    /** Returns what the choice of the next scan depends on. */
    ScanHistory history(String connector) {
        return jdbc.sql("""
                select connector.sync_watermark, connector.full_scan_requested,
                    max(scan.finished_at) filter (where scan.kind = 'FULL') as full_finished,
                    max(scan.finished_at) as any_finished
                from connector left join scan on scan.connector = connector.name and scan.state = 'FINISHED'
                where connector.name = :connector
                group by connector.name
                """)
                .param("connector", connector)
                .query((row, _) -> new ScanHistory(nullableInstant(row, "full_finished"),
                        nullableInstant(row, "any_finished"),
                        nullableInstant(row, "sync_watermark"), row.getBoolean("full_scan_requested")))
                .single();
    }

    /** Requests a full scan. */
    void requestFullScan(String connector) {
        jdbc.sql("update connector set full_scan_requested = true where name = :connector")
                .param("connector", connector)
                .update();
    }

    /** Clears the request for a full scan, once one has finished. */
    void clearFullScanRequest(String connector) {
        jdbc.sql("update connector set full_scan_requested = false where name = :connector")
                .param("connector", connector)
                .update();
    }

    /** Advances the watermark; it never moves back. */
    void advanceWatermark(String connector, @Nullable Instant newest) {
        if (newest != null) {
            jdbc.sql("""
                    update connector set sync_watermark = greatest(sync_watermark, :newest) where name = :connector
                    """).param("newest", timestamp(newest)).param("connector", connector).update();
        }
    }

    /** Updates the counts of a scan. */
    void update(long scan, ScanCounts count) {
        jdbc.sql(
                """
                        update scan set pages = :pages, read = :read, added = :added, changed = :changed, unchanged = :unchanged,
                            filtered = :filtered, quarantined = :quarantined, graph_calls = :calls
                        where id = :scan
                        """)
                .param("pages", count.pages())
                .param("read", count.read())
                .param("added", count.added())
                .param("changed", count.changed())
                .param("unchanged", count.unchanged())
                .param("filtered", count.filtered())
                .param("quarantined", count.quarantined())
                .param("calls", count.graphCalls())
                .param("scan", scan)
                .update();
    }

    /** Records what the scan concluded about missing devices. */
    void recordAbsences(long scan, AbsenceCheck.Outcome outcome) {
        jdbc.sql("""
                update scan set suspect = :suspect, removed = :removed, held = :held, graph_calls = graph_calls + :calls
                where id = :scan
                """)
                .param("calls", outcome.graphCalls())
                .param("suspect", outcome.suspect())
                .param("removed", outcome.removed())
                .param("held", outcome.held())
                .param("scan", scan)
                .update();
    }

    void finish(long scan, ScanState state, @Nullable Problem problem, Instant now) {
        jdbc.sql("update scan set state = :state, finished_at = :now, problem = :problem::json where id = :scan")
                .param("state", state.name())
                .param("now", timestamp(now))
                .param("problem", problem == null ? null : json.writeValueAsString(problem), Types.VARCHAR)
                .param("scan", scan)
                .update();
    }

    /** Returns the latest scans, the latest first. */
    List<Scan> newest(String connector, int limit) {
        return jdbc.sql("select * from scan where connector = :connector order by id desc limit :limit")
                .param("connector", connector)
                .param("limit", limit)
                .query((row, _) -> scan(row))
                .list();
    }

    private Scan scan(ResultSet row) throws SQLException {
        Instant started = instant(row, "started_at");
        Instant finished = nullableInstant(row, "finished_at");
        String problem = row.getString("problem");
        return new Scan(row.getLong("id"), ScanKind.valueOf(row.getString("kind")),
                ScanState.valueOf(row.getString("state")), started, finished, row.getInt("pages"), row.getInt("read"),
                row.getInt("added"), row.getInt("changed"), row.getInt("unchanged"), row.getInt("filtered"),
                row.getInt("quarantined"), row.getInt("suspect"), row.getInt("removed"), row.getInt("held"),
                row.getInt("graph_calls"), finished == null ? null : Duration.between(started, finished),
                problem == null ? null : json.readValue(problem, Problem.class));
    }

    /** Returns the scan intervals set by an operator, otherwise as configured. */
    ScanIntervals intervals(String connector, ScanIntervals configured) {
        return jdbc.sql("""
                select incremental_interval_ms, full_interval_ms from connector where name = :connector
                """)
                .param("connector", connector)
                .query((row, _) -> new ScanIntervals(
                        interval(row.getObject(1, Long.class), configured.incrementalInterval()),
                        interval(row.getObject(2, Long.class), configured.fullInterval())))
                .single();
    }

    private static Duration interval(@Nullable Long set, Duration configured) {
        return set == null ? configured : Duration.ofMillis(set);
    }

    /** Sets the scan intervals; null resets to the configuration. */
    void setIntervals(String connector, @Nullable Duration incremental, @Nullable Duration full) {
        jdbc.sql("""
                update connector set incremental_interval_ms = :incremental, full_interval_ms = :full
                where name = :connector
                """)
                .param("incremental", incremental == null ? null : incremental.toMillis(), Types.BIGINT)
                .param("full", full == null ? null : full.toMillis(), Types.BIGINT)
                .param("connector", connector)
                .update();
    }
}
