package io.acmpintune.engine.console.conflict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.console.Frame;
import io.acmpintune.engine.inventory.DeviceMatches.Candidate;
import io.acmpintune.engine.inventory.DeviceMatches.Conflict;
import io.acmpintune.engine.inventory.DeviceMatches.DeviceMatch;
import io.acmpintune.engine.inventory.DeviceMatches.DeviceSummary;

/**
 * A device next to the clients that it may be, property by property.
 *
 * @param rule the rule by which they may be the same; null = none
 */
record Comparison(DeviceSummary device, List<Column> candidates, List<Row> rows, @Nullable String rule,
        String explanation,
        Instant since) {

    Comparison {
        candidates = List.copyOf(candidates);
        rows = List.copyOf(rows);
    }

    /**
     * A client that the device may be.
     *
     * @param holder the device that is this client now; null = none
     * @param gone whether that device has left Intune
     */
    record Column(UUID client, @Nullable String name, @Nullable String holder, boolean gone) {

        /** Whether a device in Intune is this client now. */
        public boolean isHeld() {
            return holder != null && !gone;
        }
    }

    /** A property of the device, and of the device that is each client now. */
    record Row(String property, @Nullable String value, List<Cell> cells) {
        Row {
            cells = List.copyOf(cells);
        }
    }

    /** @param same whether the device has the same value, which speaks for the client */
    record Cell(@Nullable String value, boolean same) {}

    static Comparison of(Conflict conflict, Frame frame) {
        return of(conflict.device(), conflict.candidates(), conflict.rule(), conflict.explanation(), conflict.since(),
                frame);
    }

    static Comparison of(DeviceMatch shown, Frame frame) {
        return of(shown.device(), shown.candidates(), shown.rule(), shown.explanation(), shown.since(), frame);
    }

    private static Comparison of(DeviceSummary device, List<Candidate> candidates, @Nullable String rule,
            String explanation,
            Instant since, Frame frame) {
        List<Row> rows = new ArrayList<>();
        rows.add(row("deviceName", device, candidates, DeviceSummary::name));
        rows.add(row("serialNumber", device, candidates, DeviceSummary::serialNumber));
        rows.add(row("manufacturer", device, candidates, DeviceSummary::manufacturer));
        rows.add(row("model", device, candidates, DeviceSummary::model));
        rows.add(row("operatingSystem", device, candidates, DeviceSummary::operatingSystem));
        rows.add(user(device, candidates, frame.labels().text("withheld")));
        rows.add(row("managedDeviceOwnerType", device, candidates,
                summary -> summary.ownership() == null ? null : frame.labels().of("owner", summary.ownership())));
        rows.add(row("azureADDeviceId", device, candidates,
                summary -> summary.entraDeviceId() == null ? null : summary.entraDeviceId().toString()));
        rows.add(row("enrolledDateTime", device, candidates, summary -> moment(summary.enrolledAt(), frame)));
        rows.add(row("lastSyncDateTime", device, candidates, summary -> moment(summary.lastSync(), frame)));
        rows.add(row("id", device, candidates, DeviceSummary::device));
        return new Comparison(device, candidates.stream().map(Comparison::column).toList(), rows,
                rule == null ? null : rule.toUpperCase(Locale.ROOT).replace('-', '_'), explanation, since);
    }

    private static Column column(Candidate candidate) {
        DeviceSummary holder = candidate.holder();
        return new Column(candidate.clientId(), candidate.name(), holder == null ? null : holder.device(),
                holder != null && holder.removedAt() != null);
    }

    /** A hidden user is not compared either. */
    private static Row user(DeviceSummary device, List<Candidate> candidates, String hidden) {
        Row row = row("userPrincipalName", device, candidates,
                summary -> summary.userHidden() ? hidden : summary.userPrincipalName());
        return device.userHidden()
                ? new Row(row.property(), row.value(),
                        row.cells().stream().map(cell -> new Cell(cell.value(), false)).toList())
                : row;
    }

    private static Row row(String property, DeviceSummary device, List<Candidate> candidates,
            Function<DeviceSummary, @Nullable String> value) {
        String own = value.apply(device);
        return new Row(property, own, candidates.stream().map(candidate -> {
            String other = candidate.holder() == null ? null : value.apply(candidate.holder());
            return new Cell(other, own != null && Objects.equals(own, other));
        }).toList());
    }

    private static @Nullable String moment(@Nullable Instant at, Frame frame) {
        return at == null ? null : frame.times().moment(at);
    }
}
