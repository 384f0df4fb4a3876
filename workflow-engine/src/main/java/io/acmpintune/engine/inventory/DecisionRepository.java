package io.acmpintune.engine.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.engine.matching.DeviceDecision;
import io.acmpintune.model.device.DeviceId;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Parameters.texts;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The table {@code device_decision}: operators' decisions about devices. */
@Repository
class DecisionRepository {

    private final JdbcClient jdbc;

    DecisionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<DeviceId, DeviceDecision> decisions(String workflow, Collection<DeviceId> devices) {
        Map<DeviceId, DeviceDecision> decisions = new HashMap<>();
        jdbc.sql("select * from device_decision where workflow = :workflow and device = any(:devices)")
                .param("workflow", workflow)
                .param("devices", texts(devices, DeviceId::value))
                .query(row -> {
                    decisions.put(new DeviceId(row.getString("device")), verdict(row));
                });
        return decisions;
    }

    Optional<DeviceDecision> decision(String workflow, DeviceId device) {
        return jdbc.sql("select * from device_decision where workflow = :workflow and device = :device")
                .param("workflow", workflow)
                .param("device", device.value())
                .query((row, _) -> verdict(row))
                .optional();
    }

    void store(String workflow, DeviceId device, DeviceDecision verdict) {
        switch (verdict) {
            case DeviceDecision.Pin(var client, var by, var at) -> store(workflow, device, "PIN", client, by, at);
            case DeviceDecision.Split(var by, var at) -> store(workflow, device, "SPLIT", null, by, at);
            case DeviceDecision.Ignore(var by, var at) -> store(workflow, device, "IGNORE", null, by, at);
        }
    }

    private void store(String workflow, DeviceId device, String verdict, @Nullable UUID client, String by,
            Instant at) {
        jdbc.sql("""
                insert into device_decision (workflow, device, verdict, client_id, decided_by, decided_at)
                values (:workflow, :device, :verdict, :client, :by, :at)
                on conflict (workflow, device) do update set verdict = excluded.verdict,
                    client_id = excluded.client_id, decided_by = excluded.decided_by, decided_at = excluded.decided_at
                """)
                .param("workflow", workflow)
                .param("device", device.value())
                .param("verdict", verdict)
                .param("client", client, Types.OTHER)
                .param("by", by)
                .param("at", timestamp(at))
                .update();
    }

    /** @return false if there was no decision */
    boolean remove(String workflow, DeviceId device) {
        return jdbc.sql("delete from device_decision where workflow = :workflow and device = :device")
                .param("workflow", workflow)
                .param("device", device.value())
                .update() == 1;
    }

    /** Counts decisions, since they can change clients without the feed; publishing sees it by the count. */
    void count(String workflow) {
        jdbc.sql("update workflow set decisions = decisions + 1 where name = :workflow")
                .param("workflow", workflow)
                .update();
    }

    private static DeviceDecision verdict(ResultSet row) throws SQLException {
        String by = row.getString("decided_by");
        Instant at = instant(row, "decided_at");
        String verdict = row.getString("verdict");
        return switch (verdict) {
            case "PIN" -> new DeviceDecision.Pin(row.getObject("client_id", UUID.class), by, at);
            case "SPLIT" -> new DeviceDecision.Split(by, at);
            case "IGNORE" -> new DeviceDecision.Ignore(by, at);
            default -> throw new IllegalStateException("There is no verdict " + verdict);
        };
    }
}
