package io.acmpintune.engine.publication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.inventory.RecordJson;
import io.acmpintune.engine.publication.plan.Guard;
import io.acmpintune.engine.publication.plan.Plan;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.publication.plan.Policy;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.database.Parameters;

/** Shows what a run would do, without changing anything. */
@Component
public class DryRun {

    /** The order of UUIDs in PostgreSQL; {@link UUID#compareTo} compares signed halves. */
    private static final Comparator<UUID> UNSIGNED = Comparator
            .comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private final Snapshots snapshots;
    private final JdbcClient jdbc;
    private final RecordJson records;
    private final InstantSource clock;

    DryRun(Snapshots snapshots, JdbcClient jdbc, RecordJson records, InstantSource clock) {
        this.snapshots = snapshots;
        this.jdbc = jdbc;
        this.records = records;
        this.clock = clock;
    }

    /**
     * What a run would do in an ACMP server.
     *
     * @param counts clients by kind; kinds without clients are missing
     * @param notLookedUp clients that were not looked up yet, and so may be linked rather than created
     * @param held the sets that guards hold or would hold
     * @param items a page of the clients that are not unchanged
     * @param next the {@code after} of the next page; null after the last
     */
    public record ServerPlan(String server, Map<PlanKind, Integer> counts, int notLookedUp, List<HeldSet> held,
            List<PlannedClient> items, @Nullable UUID next) {}

    /** A set of clients that a guard holds. */
    public record HeldSet(Guard kind, int count, String reason) {}

    /**
     * A client of the plan.
     *
     * @param acmpClientId the id under which the server has it, or would have it
     * @param kind what would be done
     * @param intent what would be done if it were not held; null = the same as {@code kind}
     * @param explanation further information; null = none
     * @param fields every field that would change
     */
    public record PlannedClient(UUID clientId, UUID acmpClientId, @Nullable String name, @Nullable String device,
            PlanKind kind, @Nullable PlanKind intent, @Nullable String explanation, List<FieldChange> fields) {}

    /**
     * A field that would change.
     *
     * @param command the command that writes it
     * @param before as the server last acknowledged it; null = it has no such field from us
     */
    public record FieldChange(String command, String field, @Nullable String before, String after) {}

    /**
     * Returns the current plan for one ACMP server.
     *
     * @param kinds only items of these kinds; empty = of all
     * @param after only items with a greater id; null = from the first
     */
    public ServerPlan preview(Workflow workflow, String server, Set<PlanKind> kinds, @Nullable UUID after, int limit) {
        Plan plan = snapshots.plan(workflow.name(), server, Policy.of(workflow.publishing(), clock.instant()),
                clock.instant());
        List<Plan.Item> rest = plan.items()
                .stream()
                .filter(item -> kinds.isEmpty() || kinds.contains(item.kind()))
                .filter(item -> after == null || UNSIGNED.compare(item.client(), after) > 0)
                .toList();
        List<Plan.Item> page = rest.subList(0, Math.min(limit, rest.size()));
        return new ServerPlan(server, plan.counts(), plan.notLookedUp(), plan.held()
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(held -> new HeldSet(held.getKey(), held.getValue().clients().size(), held.getValue().reason()))
                .toList(), details(workflow.name(), server, page),
                rest.size() > page.size() ? page.getLast().client() : null);
    }

    private List<PlannedClient> details(String workflow, String server, List<Plan.Item> page) {
        Map<UUID, Row> rows = jdbc.sql("""
                select client.client_id, client.name, client.device,
                    coalesce(ack.acmp_client_id, client.client_id) as acmp_client_id, ack.explanation,
                    ack.parked_reason, client.client_record, client.device_record,
                    ack.client_record as client_before, ack.device_record as mobile_before,
                    (select other.workflow from acknowledgement other where other.acmp_server = :server
                        and other.acmp_client_id = client.client_id and ack.acmp_client_id is null) as taken_by
                from client left join acknowledgement ack on ack.workflow = client.workflow
                    and ack.client_id = client.client_id and ack.acmp_server = :server
                where client.workflow = :workflow and client.client_id = any(:clients)
                order by client.client_id
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", Parameters.uuids(page, Plan.Item::client))
                .query((row, _) -> row(row))
                .list()
                .stream()
                .collect(Collectors.toMap(Row::client, Function.identity()));
        return page.stream()
                .flatMap(item -> Stream.ofNullable(rows.get(item.client())).map(row -> planned(row, item)))
                .toList();
    }

    /** A client as stored. */
    private record Row(UUID client, UUID acmpClientId, @Nullable String name, @Nullable String device,
            @Nullable String explanation, @Nullable String parked, @Nullable String takenBy, String clientRecord,
            String mobileRecord, @Nullable String clientBefore, @Nullable String mobileBefore) {}

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getObject("client_id", UUID.class), row.getObject("acmp_client_id", UUID.class),
                row.getString("name"), row.getString("device"), row.getString("explanation"),
                row.getString("parked_reason"), row.getString("taken_by"), row.getString("client_record"),
                row.getString("device_record"), row.getString("client_before"), row.getString("mobile_before"));
    }

    private PlannedClient planned(Row row, Plan.Item item) {
        List<FieldChange> fields = new ArrayList<>();
        if (item.intent().writesClient()) {
            changes("SaveClients", row.clientBefore(), row.clientRecord(), row.acmpClientId(), fields);
        }
        if (item.intent().writesMobileDevice()) {
            changes("SaveMobileDevices", row.mobileBefore(), row.mobileRecord(), row.acmpClientId(), fields);
        }
        return new PlannedClient(item.client(), row.acmpClientId(), row.name(), row.device(), item.kind(),
                item.intent().kind() == item.kind() ? null : item.intent().kind(), explanation(row, item), fields);
    }

    private static @Nullable String explanation(Row row, Plan.Item item) {
        return switch (item.kind()) {
            case PARKED -> row.parked();
            case CONFLICT -> "The ACMP server has a record with this id from the workflow " + row.takenBy()
                    + ". Two workflows of one server must not have the same devices.";
            case CREATE, LINK, UPDATE, MARK_REMOVED, DELETE, UNCHANGED, HELD -> row.explanation();
        };
    }

    private void changes(String command, @Nullable String before, String after, UUID acmpClientId,
            List<FieldChange> changes) {
        @Nullable
        IcqlRecord known = before == null ? null : records.read(before);
        IcqlRecord wanted = records.read(after).with(IcqlRecord.CLIENT_ID, AcmpGuid.write(acmpClientId));
        Set<String> fields = new LinkedHashSet<>(wanted.fields().keySet());
        if (known != null) {
            fields.addAll(known.fields().keySet());
        }
        for (String field : fields) {
            if (known == null || !known.text(field).equals(wanted.text(field))) {
                changes.add(new FieldChange(command, field, known == null ? null : known.text(field),
                        wanted.text(field)));
            }
        }
    }
}
