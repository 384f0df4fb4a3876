package io.acmpintune.engine.job.relay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.device.DeviceId;

import static io.acmpintune.runtime.database.Parameters.texts;
import static io.acmpintune.runtime.database.Parameters.timestamp;
import static io.acmpintune.runtime.database.Parameters.uuids;

/** The table {@code foreign_action}: actions of connectors that no target of this engine has. */
@Repository
class ForeignActionRepository {

    private final JdbcClient jdbc;

    ForeignActionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An action that no job ordered.
     *
     * @param origin as the connector reports it; null = none
     */
    record ForeignAction(UUID action, ActionKind kind, DeviceId device, String requestedBy, @Nullable String origin) {}

    /** Notes those of these actions that no target has and that have not been noted before. */
    void note(String workflow, String connector, Collection<DeviceAction> actions, Instant now) {
        jdbc.sql("""
                insert into foreign_action (connector, action, workflow, kind, device, requested_by, origin, seen_at)
                select :connector, row.action, :workflow, row.kind, row.device, row.requested_by, row.origin, :now
                from unnest(:actions, :kinds, :devices, :persons, :origins)
                    as row (action, kind, device, requested_by, origin)
                where not exists (select from job_target where job_target.action = row.action)
                on conflict do nothing
                """)
                .param("connector", connector)
                .param("workflow", workflow)
                .param("now", timestamp(now))
                .param("actions", uuids(actions, DeviceAction::id))
                .param("kinds", texts(actions, action -> action.command().kind().name()))
                .param("devices", texts(actions, action -> action.command().deviceId().value()))
                .param("persons", texts(actions, action -> action.command().requestedBy()))
                .param("origins", texts(actions, action -> action.command().origin()))
                .update();
    }

    /** Returns whether any noted action of a workflow has not been reported. */
    boolean hasUnreported(String workflow) {
        return jdbc.sql("select exists (select from foreign_action where workflow = :workflow and reported_at is null)")
                .param("workflow", workflow)
                .query(Boolean.class)
                .single();
    }

    /** Forgets noted actions that a target has got meanwhile: their answers were late. */
    void forgetKnown(String workflow) {
        jdbc.sql("""
                delete from foreign_action where workflow = :workflow and reported_at is null
                    and exists (select from job_target where job_target.action = foreign_action.action)
                """).param("workflow", workflow).update();
    }

    /** Marks the actions noted at a moment or before as reported; returns those newly marked. */
    List<ForeignAction> markReported(String workflow, Instant seenUntil, Instant now) {
        return jdbc.sql("""
                update foreign_action set reported_at = :now
                where workflow = :workflow and reported_at is null and seen_at <= :until
                returning *
                """)
                .param("workflow", workflow)
                .param("until", timestamp(seenUntil))
                .param("now", timestamp(now))
                .query((row, _) -> action(row))
                .list();
    }

    private static ForeignAction action(ResultSet row) throws SQLException {
        return new ForeignAction(row.getObject("action", UUID.class), ActionKind.valueOf(row.getString("kind")),
                new DeviceId(row.getString("device")), row.getString("requested_by"), row.getString("origin"));
    }
}
