package io.acmpintune.engine.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
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

import io.acmpintune.engine.matching.Verdict;
import io.acmpintune.model.device.DeviceId;

/** The table {@code pin}: what operators decided about devices. */
@Repository
class PinRepository {

    private final JdbcClient jdbc;

    PinRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<DeviceId, Verdict> verdicts(String workflow, Collection<DeviceId> devices) {
        Map<DeviceId, Verdict> verdicts = new HashMap<>();
        jdbc.sql("select * from pin where workflow = :workflow and device = any(:devices)")
                .param("workflow", workflow)
                .param("devices", devices.stream().map(DeviceId::value).toArray(String[]::new))
                .query(row -> {
                    verdicts.put(new DeviceId(row.getString("device")), verdict(row));
                });
        return verdicts;
    }

    Optional<Verdict> verdict(String workflow, DeviceId device) {
        return jdbc.sql("select * from pin where workflow = :workflow and device = :device")
                .param("workflow", workflow)
                .param("device", device.value())
                .query((row, _) -> verdict(row))
                .optional();
    }

    void store(String workflow, DeviceId device, Verdict verdict) {
        switch (verdict) {
            case Verdict.Pin(var client, var by, var at) -> store(workflow, device, "PIN", client, by, at);
            case Verdict.Split(var by, var at) -> store(workflow, device, "SPLIT", null, by, at);
            case Verdict.Ignore(var by, var at) -> store(workflow, device, "IGNORE", null, by, at);
        }
    }

    private void store(String workflow, DeviceId device, String verdict, @Nullable UUID client, String by,
            Instant at) {
        jdbc.sql("""
                insert into pin (workflow, device, verdict, client_id, decided_by, decided_at)
                values (:workflow, :device, :verdict, :client, :by, :at)
                on conflict (workflow, device) do update set verdict = excluded.verdict,
                    client_id = excluded.client_id, decided_by = excluded.decided_by, decided_at = excluded.decided_at
                """)
                .param("workflow", workflow)
                .param("device", device.value())
                .param("verdict", verdict)
                .param("client", client, Types.OTHER)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** @return false when nothing had been decided */
    boolean remove(String workflow, DeviceId device) {
        return jdbc.sql("delete from pin where workflow = :workflow and device = :device")
                .param("workflow", workflow)
                .param("device", device.value())
                .update() == 1;
    }

    /** Clients may change by this, without the feed: whoever waits for changes sees it by the count. */
    void count(String workflow) {
        jdbc.sql("update workflow set decisions = decisions + 1 where name = :workflow")
                .param("workflow", workflow)
                .update();
    }

    private static Verdict verdict(ResultSet row) throws SQLException {
        String by = row.getString("decided_by");
        Instant at = row.getTimestamp("decided_at").toInstant();
        String verdict = row.getString("verdict");
        return switch (verdict) {
            case "PIN" -> new Verdict.Pin(row.getObject("client_id", UUID.class), by, at);
            case "SPLIT" -> new Verdict.Split(by, at);
            case "IGNORE" -> new Verdict.Ignore(by, at);
            default -> throw new IllegalStateException("There is no verdict " + verdict);
        };
    }
}
