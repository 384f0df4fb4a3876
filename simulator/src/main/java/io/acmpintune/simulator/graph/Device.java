package io.acmpintune.simulator.graph;

import java.io.StringWriter;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Json;

/** A device. Its row is generated on demand, so that a large tenant needs little memory; only changes are stored. */
final class Device {

    private final String id;
    private final Supplier<Row> generated;
    private volatile @Nullable Row changed;
    private volatile Position position;
    private volatile String lastSync;
    private volatile boolean silent;
    private Map<Action, DeviceCommand> commands = Map.of();
    private Map<Action, String> failures = Map.of();

    /** @param silent true if the device never responds to a command */
    Device(String id, String name, String lastSync, boolean silent, Supplier<Row> generated) {
        this.id = id;
        this.position = new Position(name, id);
        this.lastSync = lastSync;
        this.silent = silent;
        this.generated = generated;
    }

    /** Creates a device from a row that a test provides. */
    static Device of(Row row) {
        return new Device(row.text(Column.ID), row.text(Column.DEVICE_NAME), row.text(Column.LAST_SYNC_DATE_TIME),
                false,
                () -> row);
    }

    String id() {
        return id;
    }

    boolean silent() {
        return silent;
    }

    /** Returns the device's position in a list. */
    Position position() {
        return position;
    }

    Row row() {
        Row own = changed;
        return own == null ? generated.get() : own;
    }

    synchronized void change(Row values) {
        Row row = row().with(values);
        changed = row;
        position = new Position(row.text(Column.DEVICE_NAME), id);
        if (values.has(Column.LAST_SYNC_DATE_TIME)) {
            lastSync = values.text(Column.LAST_SYNC_DATE_TIME);
        }
    }

    /** Returns a column as text. The columns that filters use most do not need the generated row. */
    String text(Column column) {
        if (column == Column.DEVICE_NAME) {
            return position.name();
        }
        if (column == Column.LAST_SYNC_DATE_TIME) {
            return lastSync;
        }
        return row().text(column);
    }

    /** Makes the device ignore all commands, or respond again. */
    void silence(boolean forever) {
        silent = forever;
    }

    /** Sets the outcome of the next command of this kind. */
    synchronized void failNext(Action action, String outcome) {
        failures = with(failures, action, outcome);
    }

    /** Records a command that Intune has accepted for the device. */
    synchronized void commanded(Action action, ObjectNode parameters, Instant now) {
        String outcome = failures.getOrDefault(action, DeviceCommand.DONE);
        failures = with(failures, action, DeviceCommand.DONE);
        var command = new DeviceCommand(action, parameters, outcome, now, Optional.empty());
        commands = with(commands, action, command);
        command.stateWhilePending().ifPresent(this::state);
    }

    /**
     * Lets the device check in and execute its pending commands.
     *
     * @return false if it is no longer managed
     */
    synchronized boolean checkedIn(Instant at) {
        List<DeviceCommand> pending = commands.values().stream().filter(DeviceCommand::pending).toList();
        // A failed synchronization does not update the device's data.
        if (pending.stream().allMatch(command -> command.succeeds() || command.action() != Action.SYNC_DEVICE)) {
            Instant before = lastSync.isEmpty() ? Instant.MIN : Instant.parse(lastSync);
            // A check-in is always later than the previous one, whatever the clock says.
            lastSync = GraphTime.text(at.isAfter(before) ? at : before.plusMillis(1));
        }
        for (DeviceCommand command : pending) {
            commands = with(commands, command.action(), command.answered(at));
            command.stateAfterwards().ifPresent(this::state);
        }
        return pending.stream().noneMatch(command -> command.succeeds() && command.endsManagement());
    }

    /** Copies the map. Nearly all devices of a large tenant share the empty one. */
    private static <V> Map<Action, V> with(Map<Action, V> before, Action action, V value) {
        var more = new EnumMap<Action, V>(Action.class);
        more.putAll(before);
        more.put(action, value);
        return more;
    }

    private void state(String managementState) {
        var value = new EnumMap<Column, @Nullable Object>(Column.class);
        value.put(Column.MANAGEMENT_STATE, managementState);
        change(new Row(value));
    }

    ObjectNode json(Selection selection, boolean singleRead) {
        var text = new StringWriter();
        try (var json = Json.MAPPER.createGenerator(text)) {
            json.writeStartObject();
            write(json, selection, singleRead);
            json.writeEndObject();
        }
        return (ObjectNode) Json.MAPPER.readTree(text.toString());
    }

    void write(JsonGenerator json, Selection selection, boolean singleRead) {
        Row row = row();
        for (Column column : selection.columns()) {
            if (row.has(column)) {
                Row.write(json, column, value(row, column, selection, singleRead));
            }
        }
        BetaColumns.write(json, selection.betaColumns());
    }

    private @Nullable Object value(Row row, Column column, Selection selection, boolean singleRead) {
        if (column == Column.LAST_SYNC_DATE_TIME) {
            return lastSync.isEmpty() ? null : lastSync;
        }
        @Nullable
        Object value = row.value(column);
        if (column == Column.DEVICE_ACTION_RESULTS && singleRead) {
            return withResults(row, value);
        }
        if (!column.onlyOnSingleReads() || (singleRead && selection.explicit())) {
            return value;
        }
        // Lists show such values as 0 or null; a "" in the row stays "".
        return switch (value) {
            case null -> null;
            case Long number -> 0L;
            case String text when text.isEmpty() -> text;
            default -> null;
        };
    }

    /** Users see results of actions only in single reads. A notification has none. */
    private synchronized Object withResults(Row row, @Nullable Object stored) {
        ArrayNode results = stored instanceof ArrayNode given ? given.deepCopy() : Json.MAPPER.createArrayNode();
        commands.values()
                .stream()
                .filter(command -> command.action() != Action.NOTIFY)
                .forEach(command -> results.add(command.result(row)));
        return results;
    }
}
