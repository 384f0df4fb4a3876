package io.acmpintune.engine.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.matching.DeviceDecision;
import io.acmpintune.engine.matching.KnownDevice;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceId;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;

/** What may be read of which client a device is. */
@Component
public class DeviceMatches {

    /** The device is read here and not by PostgreSQL, which takes no NUL out of JSON. */
    private static final String SHOWN = ", device.since, device.source ";

    private final JdbcClient jdbc;
    private final DecisionRepository pins;
    private final JsonMapper json;

    DeviceMatches(JdbcClient jdbc, DecisionRepository pins, JsonMapper json) {
        this.jdbc = jdbc;
        this.pins = pins;
        this.json = json;
    }

    /** A device, as far as it tells which client it is. */
    public record Facts(String device, @Nullable String name, @Nullable String serialNumber,
            @Nullable String manufacturer, @Nullable String model, @Nullable String operatingSystem,
            @Nullable String userPrincipalName, @Nullable String ownership, @Nullable UUID entraDeviceId,
            @Nullable Instant enrolledAt,
            @Nullable Instant lastSync, @Nullable Instant removedAt) {}

    /**
     * A client that a device may be.
     *
     * @param holder the device that is this client now; null = none is
     */
    public record Candidate(UUID clientId, @Nullable String name, boolean removed, @Nullable Facts holder) {}

    /** A device that may be a client that another device is: an operator is to decide. */
    public record Conflict(Facts device, List<Candidate> candidates, @Nullable String rule, String explanation,
            Instant since) {
        public Conflict {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * What an operator decided.
     *
     * @param verdict {@code pin}, {@code split} or {@code ignore}
     */
    public record Decided(String verdict, @Nullable UUID clientId, String decidedBy, Instant decidedAt) {}

    /**
     * From when to when a device was a client.
     *
     * @param until null = it is
     */
    public record Held(UUID clientId, String device, Instant since, @Nullable Instant until, @Nullable String rule,
            String explanation) {}

    /**
     * Which client a device is, and why.
     *
     * @param state {@code linked}, {@code conflict}, {@code superseded} or {@code ignored}
     * @param history the clients that it was, and who else they were, newest first
     */
    public record Shown(Facts device, String state, @Nullable UUID clientId, @Nullable String rule,
            String explanation, Instant since, List<Candidate> candidates, @Nullable Decided decision,
            List<Held> history) {
        public Shown {
            candidates = List.copyOf(candidates);
            history = List.copyOf(history);
        }
    }

    private record Row(KnownDevice known, Facts facts, Instant since) {}

    /** Conflicts that wait for an operator, in the order of device ids, behind the given one. */
    public List<Conflict> conflicts(String workflow, @Nullable String after, int limit) {
        List<Row> rows = jdbc.sql("select " + DeviceRow.COLUMNS + SHOWN + """
                from device
                where workflow = :workflow and match_state = 'CONFLICT' and removed_at is null and device > :after
                order by device limit :limit
                """)
                .param("workflow", workflow)
                .param("after", after == null ? "" : after)
                .param("limit", limit)
                .query((row, _) -> row(row))
                .list();
        Map<UUID, Candidate> candidates = candidates(workflow,
                rows.stream().flatMap(row -> row.known().candidates().stream()).distinct().toArray(UUID[]::new));
        return rows.stream()
                .map(row -> new Conflict(row.facts(), of(row, candidates), rule(row.known()), row.known().explanation(),
                        row.since()))
                .toList();
    }

    /** How many conflicts wait for an operator. */
    public int countConflicts(String workflow) {
        return jdbc.sql("""
                select count(*) from device
                where workflow = :workflow and match_state = 'CONFLICT' and removed_at is null
                """).param("workflow", workflow).query(Integer.class).single();
    }

    public Optional<Shown> find(String workflow, DeviceId device) {
        return jdbc.sql("select " + DeviceRow.COLUMNS + SHOWN + """
                from device where workflow = :workflow and device = :device
                """)
                .param("workflow", workflow)
                .param("device", device.value())
                .query((row, _) -> row(row))
                .optional()
                .map(row -> new Shown(row.facts(), row.known().state().name().toLowerCase(Locale.ROOT),
                        row.known().client(), rule(row.known()), row.known().explanation(), row.since(),
                        of(row, candidates(workflow, row.known().candidates().toArray(UUID[]::new))),
                        pins.verdict(workflow, device).map(DeviceMatches::decided).orElse(null),
                        history(workflow, device)));
    }

    private List<Candidate> of(Row row, Map<UUID, Candidate> candidates) {
        List<Candidate> found = new ArrayList<>();
        row.known().candidates().forEach(client -> Stream.ofNullable(candidates.get(client)).forEach(found::add));
        return found;
    }

    private Map<UUID, Candidate> candidates(String workflow, UUID[] clients) {
        Map<UUID, Candidate> candidates = new HashMap<>();
        jdbc.sql("select client.client_id as candidate, client.name as client_name, client.removed, "
                + DeviceRow.COLUMNS + SHOWN + """
                        from client left join device
                            on device.workflow = client.workflow and device.client_id = client.client_id
                        where client.workflow = :workflow and client.client_id = any(:clients)
                        """)
                .param("workflow", workflow)
                .param("clients", clients)
                .query(row -> {
                    UUID client = row.getObject("candidate", UUID.class);
                    candidates.put(client, new Candidate(client, row.getString("client_name"),
                            row.getBoolean("removed"), row.getString("device") == null ? null : facts(row)));
                });
        return candidates;
    }

    private List<Held> history(String workflow, DeviceId device) {
        return jdbc.sql("""
                select * from client_history
                where workflow = :workflow and client_id in (
                    select client_id from client_history where workflow = :workflow and device = :device)
                order by since desc, client_id, device
                """)
                .param("workflow", workflow)
                .param("device", device.value())
                .query((row, _) -> new Held(row.getObject("client_id", UUID.class), row.getString("device"),
                        instant(row, "since"), nullableInstant(row, "until"),
                        DeviceRow.ruleKey(row.getString("rule")), row.getString("explanation")))
                .list();
    }

    private Row row(ResultSet row) throws SQLException {
        return new Row(DeviceRow.read(row), facts(row), instant(row, "since"));
    }

    private Facts facts(ResultSet row) throws SQLException {
        Device device = json.readValue(row.getString("source"), Device.class);
        return new Facts(row.getString("device"), device.deviceName(), device.serialNumber(), device.manufacturer(),
                device.model(), device.operatingSystem(), device.userPrincipalName(),
                device.managedDeviceOwnerType() == null ? null : device.managedDeviceOwnerType().value(),
                row.getObject("entra_id", UUID.class), device.enrolledDateTime(), device.lastSyncDateTime(),
                nullableInstant(row, "removed_at"));
    }

    private static @Nullable String rule(KnownDevice device) {
        return DeviceRow.ruleKey(device.rule() == null ? null : device.rule().name());
    }

    private static Decided decided(DeviceDecision verdict) {
        return switch (verdict) {
            case DeviceDecision.Pin(var client, var by, var at) -> new Decided("pin", client, by, at);
            case DeviceDecision.Split(var by, var at) -> new Decided("split", null, by, at);
            case DeviceDecision.Ignore(var by, var at) -> new Decided("ignore", null, by, at);
        };
    }
}
