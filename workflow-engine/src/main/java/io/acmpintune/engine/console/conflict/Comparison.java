package io.acmpintune.engine.console.conflict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.console.Frame;
import io.acmpintune.engine.inventory.DeviceMatches.Candidate;
import io.acmpintune.engine.inventory.DeviceMatches.Conflict;
import io.acmpintune.engine.inventory.DeviceMatches.Facts;
import io.acmpintune.engine.inventory.DeviceMatches.Shown;
import io.acmpintune.engine.workflow.PersonalDataPolicy;

/**
 * A device beside the clients that it may be, property by property. Who uses a personally owned device is not told where ACMP
 * is not told it.
 *
 * @param rule by which rule they may be the same; null = by none
 */
record Comparison(Facts device, List<Column> candidates, List<Row> rows, @Nullable String rule, String explanation,
        Instant since) {

    private static final String PERSONAL = "personal";

    Comparison {
        candidates = List.copyOf(candidates);
        rows = List.copyOf(rows);
    }

    /**
     * A client that the device may be.
     *
     * @param holder the device that is this client now; null = none is
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

    /** @param same whether it is the device's own value, which speaks for the client */
    record Cell(@Nullable String value, boolean same) {}

    static Comparison of(Conflict conflict, PersonalDataPolicy told, Frame frame) {
        return of(conflict.device(), conflict.candidates(), conflict.rule(), conflict.explanation(), conflict.since(),
                told, frame);
    }

    static Comparison of(Shown shown, PersonalDataPolicy told, Frame frame) {
        return of(shown.device(), shown.candidates(), shown.rule(), shown.explanation(), shown.since(), told, frame);
    }

    private static Comparison of(Facts device, List<Candidate> candidates, @Nullable String rule, String explanation,
            Instant since, PersonalDataPolicy told, Frame frame) {
        List<Row> rows = new ArrayList<>();
        rows.add(row("deviceName", device, candidates, Facts::name));
        rows.add(row("serialNumber", device, candidates, Facts::serialNumber));
        rows.add(row("manufacturer", device, candidates, Facts::manufacturer));
        rows.add(row("model", device, candidates, Facts::model));
        rows.add(row("operatingSystem", device, candidates, Facts::operatingSystem));
        rows.add(user(device, candidates, told, frame.words().text("withheld")));
        rows.add(row("managedDeviceOwnerType", device, candidates,
                facts -> facts.ownership() == null ? null : frame.words().of("owner", facts.ownership())));
        rows.add(row("azureADDeviceId", device, candidates,
                facts -> facts.entraDeviceId() == null ? null : facts.entraDeviceId().toString()));
        rows.add(row("enrolledDateTime", device, candidates, facts -> moment(facts.enrolledAt(), frame)));
        rows.add(row("lastSyncDateTime", device, candidates, facts -> moment(facts.lastSync(), frame)));
        rows.add(row("id", device, candidates, Facts::device));
        return new Comparison(device, candidates.stream().map(Comparison::column).toList(), rows,
                rule == null ? null : rule.toUpperCase(Locale.ROOT).replace('-', '_'), explanation, since);
    }

    private static Column column(Candidate candidate) {
        Facts holder = candidate.holder();
        return new Column(candidate.clientId(), candidate.name(), holder == null ? null : holder.device(),
                holder != null && holder.removedAt() != null);
    }

    /** What is withheld is not compared either. */
    private static Row user(Facts device, List<Candidate> candidates, PersonalDataPolicy told, String withheld) {
        Predicate<Facts> isTold = facts -> told.userName() || !PERSONAL.equals(facts.ownership());
        Row row = row("userPrincipalName", device, candidates,
                facts -> isTold.test(facts) ? facts.userPrincipalName() : withheld);
        return isTold.test(device)
                ? row
                : new Row(row.property(), row.value(),
                        row.cells().stream().map(cell -> new Cell(cell.value(), false)).toList());
    }

    private static Row row(String property, Facts device, List<Candidate> candidates,
            Function<Facts, @Nullable String> value) {
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
