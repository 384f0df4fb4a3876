package io.acmpintune.engine.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.matching.DeviceIdentity;
import io.acmpintune.engine.matching.KnownDevice;
import io.acmpintune.engine.matching.MatchState;
import io.acmpintune.engine.matching.MatchingRule;
import io.acmpintune.engine.matching.SerialNumber;
import io.acmpintune.model.device.DeviceId;

import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Columns.uuids;

/** Reads rows of the table {@code device}, without the reported device. */
final class DeviceRow {

    static final String COLUMNS = """
            device.device, device.tenant, device.match_state, device.client_id, device.rule, device.explanation,
            device.candidates, device.entra_id, device.serial_key, device.name_key, device.kind_key, device.enrolled_at,
            device.last_sync, device.removed_at""";

    private DeviceRow() {}

    static KnownDevice read(ResultSet row) throws SQLException {
        String serial = row.getString("serial_key");
        String rule = row.getString("rule");
        DeviceIdentity identity = new DeviceIdentity(new DeviceId(row.getString("device")),
                row.getObject("tenant", UUID.class),
                row.getObject("entra_id", UUID.class), serial == null ? null : SerialNumber.ofKey(serial),
                row.getString("name_key"), row.getString("kind_key"), nullableInstant(row, "enrolled_at"),
                nullableInstant(row, "last_sync"));
        return new KnownDevice(identity, MatchState.valueOf(row.getString("match_state")),
                row.getObject("client_id", UUID.class), rule == null ? null : MatchingRule.valueOf(rule),
                row.getString("explanation"), uuids(row, "candidates"), nullableInstant(row, "removed_at"));
    }

    /** A rule as the configuration and the API name it. */
    static @Nullable String ruleKey(@Nullable String stored) {
        return stored == null ? null : MatchingRule.valueOf(stored).key();
    }
}
