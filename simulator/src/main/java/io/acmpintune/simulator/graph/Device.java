package io.acmpintune.simulator.graph;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ArrayNode;

import io.acmpintune.simulator.web.Json;

/**
 * One device: its row, which is generated anew whenever it is needed so that a large tenant stays small, and what has
 * happened to it since, which is kept.
 */
final class Device {

    private final String id;
    private final boolean silent;
    private final Supplier<Row> generated;
    private volatile @Nullable Row changed;
    private volatile Position position;
    private volatile String lastSync;
    private volatile @Nullable SyncCommand sync;

    /** @param silent true if the device never answers a command */
    Device(String id, String name, String lastSync, boolean silent, Supplier<Row> generated) {
        this.id = id;
        this.position = new Position(name, id);
        this.lastSync = lastSync;
        this.silent = silent;
        this.generated = generated;
    }

    /** A device that a test made. */
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

    /** Where the device stands in a list. */
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

    /** The value of a column as text; the columns that filters use most cost no generation. */
    String text(Column column) {
        if (column == Column.DEVICE_NAME) {
            return position.name();
        }
        if (column == Column.LAST_SYNC_DATE_TIME) {
            return lastSync;
        }
        return row().text(column);
    }

    Optional<SyncCommand> sync() {
        return Optional.ofNullable(sync);
    }

    synchronized void commanded(Instant now) {
        SyncCommand before = sync;
        sync = new SyncCommand(before == null ? 1 : before.received() + 1, now, Optional.empty());
    }

    /** The device has talked to Intune at this moment. */
    synchronized void checkedIn(Instant at) {
        Instant before = lastSync.isEmpty() ? Instant.MIN : Instant.parse(lastSync);
        // Whatever the clock says, a check-in is later than the one before.
        lastSync = GraphTime.text(at.isAfter(before) ? at : before.plusMillis(1));
        SyncCommand command = sync;
        if (command != null) {
            sync = command.answered(at);
        }
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
            return withSync(value);
        }
        if (!column.onlyOnSingleReads() || (singleRead && selection.explicit())) {
            return value;
        }
        // Withheld: 0 for numbers; null or "" for text, and a row that has "" itself keeps it.
        return switch (value) {
            case null -> null;
            case Long number -> 0L;
            case String text when text.isEmpty() -> text;
            default -> null;
        };
    }

    /** Users find the results of actions on single reads only, if at all. */
    private Object withSync(@Nullable Object stored) {
        ArrayNode results = stored instanceof ArrayNode given ? given.deepCopy() : Json.MAPPER.createArrayNode();
        SyncCommand command = sync;
        if (command != null) {
            results.add(command.result());
        }
        return results;
    }
}
