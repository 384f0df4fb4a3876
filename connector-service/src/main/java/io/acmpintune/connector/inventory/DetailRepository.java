package io.acmpintune.connector.inventory;

import java.sql.Types;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.device.DeviceDetails;
import io.acmpintune.model.device.DeviceId;

import static io.acmpintune.runtime.database.Parameters.timestamp;

/** Owns the columns {@code details…} of the table {@code device}. */
@Repository
class DetailRepository {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    DetailRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Returns devices whose details are due, the longest due first. */
    List<DetailPlan.Due> due(String connector, Instant now, int limit) {
        return jdbc.sql("""
                select id, details, details_failures from device
                where connector = :connector and removed_at is null and details_due_at <= :now
                order by details_due_at limit :limit
                """)
                .param("connector", connector)
                .param("now", timestamp(now))
                .param("limit", limit)
                .query((row, _) -> new DetailPlan.Due(new DeviceId(row.getString("id")),
                        stored(row.getString("details")), row.getInt("details_failures")))
                .list();
    }

    private @Nullable DeviceDetails stored(@Nullable String details) {
        return details == null ? null : json.readValue(details, DeviceDetails.class);
    }

    /** Writes the results of reads; only changed details move a device in the feed. */
    void write(String connector, List<DetailPlan> plans, Instant now) {
        // the connector's row first, as in all updates of devices, which avoids deadlocks
        jdbc.sql("select 1 from connector where name = :connector for update")
                .param("connector", connector)
                .query(Integer.class)
                .single();
        for (DetailPlan plan : plans) {
            switch (plan.outcome()) {
                case DetailPlan.Outcome.Changed(var details) -> change(connector, plan, details, now);
                case DetailPlan.Outcome.Unchanged() -> reschedule(connector, plan, now);
                case DetailPlan.Outcome.Unread() -> reschedule(connector, plan, null);
            }
        }
    }

    private void change(String connector, DetailPlan plan, @Nullable DeviceDetails details, Instant now) {
        jdbc.sql("""
                with counter as (
                    update connector set device_revision = device_revision + 1 where name = :connector
                    returning device_revision)
                update device set details = :details::json, details_read_at = :now, details_due_at = :due,
                    details_failures = 0, changed_at = :now, revision = counter.device_revision
                from counter
                where device.connector = :connector and device.id = :id and device.removed_at is null
                """)
                .param("connector", connector)
                .param("details", details == null ? null : json.writeValueAsString(details), Types.VARCHAR)
                .param("now", timestamp(now))
                .param("due", timestamp(plan.due()))
                .param("id", plan.id().value())
                .update();
    }

    private void reschedule(String connector, DetailPlan plan, @Nullable Instant read) {
        jdbc.sql("""
                update device set details_read_at = coalesce(cast(:read as timestamptz), details_read_at),
                    details_due_at = :due, details_failures = :failures
                where connector = :connector and id = :id
                """)
                .param("read", timestamp(read))
                .param("due", timestamp(plan.due()))
                .param("failures", plan.failures())
                .param("connector", connector)
                .param("id", plan.id().value())
                .update();
    }
}
