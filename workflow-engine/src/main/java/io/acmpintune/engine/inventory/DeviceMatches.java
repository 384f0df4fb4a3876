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
import io.acmpintune.engine.workflow.PersonalDataPolicy;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.device.OwnerType;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;

/** Reads which client a device is, and why. The users of devices are left out where the workflow hides them. */
@Component
public class DeviceMatches {

    /** The source is read here since PostgreSQL cannot extract a NUL from JSON. */
    private static final String SHOWN = ", device.since, device.source ";

    private final JdbcClient jdbc;
    private final DecisionRepository decisions;
    private final JsonMapper json;

    DeviceMatches(JdbcClient jdbc, DecisionRepository decisions, JsonMapper json) {
        this.jdbc = jdbc;
        this.decisions = decisions;
        this.json = json;
    }

    /**
     * The properties by which a device can be recognized.
     *
     * @param userPrincipalName null = Intune reports none, or it is hidden
     * @param userHidden whether the user must not be shown
     */
    public record DeviceSummary(String device, @Nullable String name, @Nullable String serialNumber,
            @Nullable String manufacturer, @Nullable String model, @Nullable String operatingSystem,
            @Nullable String userPrincipalName, boolean userHidden, @Nullable String ownership,
            @Nullable UUID entraDeviceId, @Nullable Instant enrolledAt, @Nullable Instant lastSync,
            @Nullable Instant removedAt) {}

    /**
     * A client that a device may be.
     *
     * @param holder the device that is this client now; null = none
     */
    public record Candidate(UUID clientId, @Nullable String name, boolean removed, @Nullable DeviceSummary holder) {}

    /** A device that may be the client of another device; an operator has to decide. */
    public record Conflict(DeviceSummary device, List<Candidate> candidates, @Nullable String rule, String explanation,
            Instant since) {
        public Conflict {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * An operator's decision.
     *
     * @param verdict {@code pin}, {@code split} or {@code ignore}
     */
    public record Decision(String verdict, @Nullable UUID clientId, String decidedBy, Instant decidedAt) {}

    /**
     * A period in which a device was a client.
     *
     * @param until null = it still is
     */
    public record LinkPeriod(UUID clientId, String device, Instant since, @Nullable Instant until,
            @Nullable String rule,
            String explanation) {}

    /**
     * The client that a device is, and why.
     *
     * @param state {@code linked}, {@code conflict}, {@code superseded} or {@code ignored}
     * @param history the clients that it was, and the other devices that they were, the newest first
     */
    public record DeviceMatch(DeviceSummary device, String state, @Nullable UUID clientId, @Nullable String rule,
            String explanation, Instant since, List<Candidate> candidates, @Nullable Decision decision,
            List<LinkPeriod> history) {
        public DeviceMatch {
            candidates = List.copyOf(candidates);
            history = List.copyOf(history);
        }
    }

    private record Row(KnownDevice known, DeviceSummary summary, Instant since) {}

    /**
     * Returns a page of the conflicts that wait for an operator, in the order of device IDs.
     *
     * @param after the last device of the page before; null = the first page
     */
    public List<Conflict> conflicts(Workflow workflow, @Nullable String after, int limit) {
        List<Row> rows = jdbc.sql("select " + DeviceRow.COLUMNS + SHOWN + """
                from device
                where workflow = :workflow and match_state = 'CONFLICT' and removed_at is null and device > :after
                order by device limit :limit
                """)
                .param("workflow", workflow.name())
                .param("after", after == null ? "" : after)
                .param("limit", limit)
                .query((row, _) -> row(row, workflow.personalData()))
                .list();
        Map<UUID, Candidate> candidates = candidates(workflow,
                rows.stream().flatMap(row -> row.known().candidates().stream()).distinct().toArray(UUID[]::new));
        return rows.stream()
                .map(row -> new Conflict(row.summary(), of(row, candidates), rule(row.known()),
                        row.known().explanation(),
                        row.since()))
                .toList();
    }

    /** Counts the conflicts that wait for an operator. */
    public int countConflicts(String workflow) {
        return jdbc.sql("""
                select count(*) from device
                where workflow = :workflow and match_state = 'CONFLICT' and removed_at is null
                """).param("workflow", workflow).query(Integer.class).single();
    }

    public Optional<DeviceMatch> find(Workflow workflow, DeviceId device) {
        return jdbc.sql("select " + DeviceRow.COLUMNS + SHOWN + """
                from device where workflow = :workflow and device = :device
                """)
                .param("workflow", workflow.name())
                .param("device", device.value())
                .query((row, _) -> row(row, workflow.personalData()))
                .optional()
                .map(row -> new DeviceMatch(row.summary(), row.known().state().name().toLowerCase(Locale.ROOT),
                        row.known().client(), rule(row.known()), row.known().explanation(), row.since(),
                        of(row, candidates(workflow, row.known().candidates().toArray(UUID[]::new))),
                        decisions.decision(workflow.name(), device).map(DeviceMatches::decided).orElse(null),
                        history(workflow.name(), device)));
    }

    private List<Candidate> of(Row row, Map<UUID, Candidate> candidates) {
        List<Candidate> found = new ArrayList<>();
        row.known().candidates().forEach(client -> Stream.ofNullable(candidates.get(client)).forEach(found::add));
        return found;
    }

    private Map<UUID, Candidate> candidates(Workflow workflow, UUID[] clients) {
        Map<UUID, Candidate> candidates = new HashMap<>();
        jdbc.sql("select client.client_id as candidate, client.name as client_name, client.removed, "
                + DeviceRow.COLUMNS + SHOWN + """
                        from client left join device
                            on device.workflow = client.workflow and device.client_id = client.client_id
                        where client.workflow = :workflow and client.client_id = any(:clients)
                        """)
                .param("workflow", workflow.name())
                .param("clients", clients)
                .query(row -> {
                    UUID client = row.getObject("candidate", UUID.class);
                    candidates.put(client, new Candidate(client, row.getString("client_name"),
                            row.getBoolean("removed"),
                            row.getString("device") == null ? null : summary(row, workflow.personalData())));
                });
        return candidates;
    }

    private List<LinkPeriod> history(String workflow, DeviceId device) {
        return jdbc.sql("""
                select * from client_history
                where workflow = :workflow and client_id in (
                    select client_id from client_history where workflow = :workflow and device = :device)
                order by since desc, client_id, device
                """)
                .param("workflow", workflow)
                .param("device", device.value())
                .query((row, _) -> new LinkPeriod(row.getObject("client_id", UUID.class), row.getString("device"),
                        instant(row, "since"), nullableInstant(row, "until"),
                        DeviceRow.ruleKey(row.getString("rule")), row.getString("explanation")))
                .list();
    }

    private Row row(ResultSet row, PersonalDataPolicy policy) throws SQLException {
        return new Row(DeviceRow.read(row), summary(row, policy), instant(row, "since"));
    }

    private DeviceSummary summary(ResultSet row, PersonalDataPolicy policy) throws SQLException {
        Device device = json.readValue(row.getString("source"), Device.class);
        OwnerType ownership = device.managedDeviceOwnerType();
        boolean hidden = policy.hides("userPrincipalName", ownership);
        return new DeviceSummary(row.getString("device"), device.deviceName(), device.serialNumber(),
                device.manufacturer(),
                device.model(), device.operatingSystem(), hidden ? null : device.userPrincipalName(), hidden,
                ownership == null ? null : ownership.value(),
                row.getObject("entra_id", UUID.class), device.enrolledDateTime(), device.lastSyncDateTime(),
                nullableInstant(row, "removed_at"));
    }

    private static @Nullable String rule(KnownDevice device) {
        return DeviceRow.ruleKey(device.rule() == null ? null : device.rule().name());
    }

    private static Decision decided(DeviceDecision verdict) {
        return switch (verdict) {
            case DeviceDecision.Pin(var client, var by, var at) -> new Decision("pin", client, by, at);
            case DeviceDecision.Split(var by, var at) -> new Decision("split", null, by, at);
            case DeviceDecision.Ignore(var by, var at) -> new Decision("ignore", null, by, at);
        };
    }
}
