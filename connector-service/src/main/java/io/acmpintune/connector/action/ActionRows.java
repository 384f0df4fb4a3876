package io.acmpintune.connector.action;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Approval;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.problem.Problem;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;

/** Maps rows of the table {@code device_action}. */
final class ActionRows {

    private final JsonMapper json;

    ActionRows(JsonMapper json) {
        this.json = json;
    }

    StoredAction stored(ResultSet row, int number) throws SQLException {
        return new StoredAction(action(row, number), Impact.valueOf(row.getString("impact")),
                nullableInstant(row, "accepted_at"), row.getInt("checks"),
                row.getInt("sends"), instant(row, "expires_at"), nullableInstant(row, "previous_start"));
    }

    DeviceAction action(ResultSet row, int number) throws SQLException {
        String problem = row.getString("problem");
        String code = row.getString("approval_code");
        return new DeviceAction(row.getObject("id", UUID.class), row.getLong("revision"),
                json.readValue(row.getString("command"), ActionCommand.class),
                ActionState.valueOf(row.getString("state")),
                instant(row, "requested_at"), nullableInstant(row, "sent_at"),
                instant(row, "state_at"),
                code == null ? null : new Approval(code, instant(row, "approval_expires_at")),
                problem == null ? null : json.readValue(problem, Problem.class));
    }
}
