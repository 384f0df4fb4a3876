package io.acmpintune.engine.publication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import io.acmpintune.engine.inventory.RecordJson;
import io.acmpintune.engine.publication.plan.ClientState;
import io.acmpintune.engine.publication.plan.Guard;
import io.acmpintune.engine.publication.plan.Origin;
import io.acmpintune.engine.publication.plan.Plan;
import io.acmpintune.engine.publication.plan.PlanBuilder;
import io.acmpintune.engine.publication.plan.Policy;

import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** Reads what clients should be and what a server has of them, all at one moment, for a plan to be made of it. */
@Repository
class Snapshots {

    /** How long the guards remember: a feed comes in pages, so that one large change is many small plans. */
    static final Duration REMEMBERED = Duration.ofHours(1);

    /** Rows that are fetched at once; the states of 50,000 clients need not be in memory beside the plan. */
    private static final int FETCHED = 1_000;

    /** A client that has not been mapped since an update has no stable print: all of it counts as stable. */
    private static final String STABLE = "coalesce(client.stable_fingerprint, client.device_fingerprint)";

    private static final String CLIENTS = """
            from client left join acknowledgement ack on ack.workflow = client.workflow
                and ack.client_id = client.client_id and ack.acmp_server = :server
            """;

    private static final String DECISIONS = """
            decision as materialized (
                select held.client_id, held.stable_fingerprint, string_agg(hold.kind || '=' || hold.state, ' ') as all_of
                from hold join held_client held on held.hold = hold.id
                where hold.workflow = :workflow and hold.acmp_server = :server and hold.state <> 'WAITING'
                    and held.done_at is null
                group by held.client_id, held.stable_fingerprint),
            counted as materialized (
                select client_id, string_agg(kind, ' ') as kinds from guard_count
                where workflow = :workflow and acmp_server = :server and at > :remembered group by client_id)
            """;

    private static final String STATE = """
            client.client_id, client.removed, client.removed_at, ack.origin, ack.looked_up_at is not null as looked_up,
            case when ack.client_fingerprint is null then 'ABSENT'
                when ack.client_fingerprint = client.client_fingerprint then 'CURRENT' else 'OUTDATED' end as client_known,
            case when ack.device_fingerprint is null then 'ABSENT'
                when ack.device_fingerprint = client.device_fingerprint then 'CURRENT' else 'OUTDATED' end as mobile_known,
            coalesce(ack.stable_fingerprint = %s, false) as stable_same,
            coalesce(ack.removed, false) as known_removed,
            coalesce(ack.parked_client = client.client_fingerprint and ack.parked_device = client.device_fingerprint,
                false) as parked,
            ack.acmp_client_id is null and exists (select 1 from acknowledgement other
                where other.acmp_server = :server and other.acmp_client_id = client.client_id) as taken,
            coalesce(counted.kinds, '') as counted, coalesce(decision.all_of, '') as decisions
            """
            .formatted(STABLE);

    private static final String DECIDED = """
            left join counted on counted.client_id = client.client_id
            left join decision on decision.client_id = client.client_id
                and decision.stable_fingerprint = %s
            """.formatted(STABLE);

    private final JdbcClient jdbc;
    private final RecordJson records;
    private final TransactionTemplate oneMoment;

    Snapshots(JdbcClient jdbc, RecordJson records, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.records = records;
        this.oneMoment = new TransactionTemplate(transactions);
        oneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        oneMoment.setReadOnly(true);
    }

    /** The plan for a server as everything stands now. */
    Plan plan(String workflow, String server, Policy policy, Instant now) {
        return oneMoment.execute(_ -> {
            PlanBuilder draft = new PlanBuilder(policy);
            try (var states = states(workflow, server, policy, now)) {
                states.forEach(draft::add);
            }
            return draft.build(totals(workflow, server, now), waiting(workflow, server));
        });
    }

    /**
     * The clients with which something may be. What is equal by its prints, or left before the server knew it, is not read:
     * these are found in two indexes, some ten milliseconds for 50,000.
     */
    private Stream<ClientState> states(String workflow, String server, Policy policy, Instant now) {
        return jdbc.sql("with " + DECISIONS + """
                , open as materialized (
                    select client.client_id
                """ + CLIENTS + """
                    where client.workflow = :workflow
                        and (ack.device_fingerprint is distinct from client.device_fingerprint
                            or ack.client_fingerprint is distinct from client.client_fingerprint
                                and ack.origin is distinct from 'LINKED')
                        and not (client.removed and ack.device_fingerprint is null
                            and (ack.client_fingerprint is null or ack.origin is not distinct from 'LINKED'))
                    union
                    select client_id from client
                    where workflow = :workflow and removed and removed_at <= :deleteBefore::timestamptz)
                select\s""" + STATE + CLIENTS + DECIDED + """
                where client.workflow = :workflow and client.client_id in (select client_id from open)
                order by client.client_id
                """)
                .withFetchSize(FETCHED)
                .param("workflow", workflow)
                .param("server", server)
                .param("remembered", timestamp(now.minus(REMEMBERED)))
                .param("deleteBefore",
                        timestamp(policy.deleteBefore()))
                .query((row, _) -> state(row))
                .stream();
    }

    private PlanBuilder.Totals totals(String workflow, String server, Instant now) {
        Map<Guard, Integer> counted = new EnumMap<>(Guard.class);
        jdbc.sql("""
                select kind, count(*) from guard_count
                where workflow = :workflow and acmp_server = :server and at > :remembered group by kind
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("remembered", timestamp(now.minus(REMEMBERED)))
                .query(row -> {
                    counted.put(Guard.valueOf(row.getString(1)), row.getInt(2));
                });
        return jdbc
                .sql("""
                        select (select count(*) from client where workflow = :workflow) as clients,
                            (select count(*) from acknowledgement where workflow = :workflow and acmp_server = :server
                                and not removed and (client_fingerprint is not null or device_fingerprint is not null)) as present,
                            (select count(*) from device where workflow = :workflow and match_state = 'CONFLICT'
                                and removed_at is null) as conflicts
                        """)
                .param("workflow", workflow)
                .param("server", server)
                .query((row, _) -> new PlanBuilder.Totals(row.getInt("clients"), row.getInt("present"), counted,
                        row.getInt("conflicts")))
                .single();
    }

    private Set<Guard> waiting(String workflow, String server) {
        Set<Guard> waiting = EnumSet.noneOf(Guard.class);
        waiting.addAll(jdbc.sql("""
                select kind from hold where workflow = :workflow and acmp_server = :server and state = 'WAITING'
                """)
                .param("workflow", workflow)
                .param("server", server)
                .query((row, _) -> Guard.valueOf(row.getString(1)))
                .list());
        return waiting;
    }

    /**
     * The records of planned clients, in the order of ids. Of whom something else is to be done by now than was planned is
     * missing: the next plan has it.
     */
    List<Outgoing> outgoing(String workflow, String server, Collection<Plan.Item> planned, Policy policy, Instant now) {
        Map<UUID, Plan.Item> items = planned.stream().collect(Collectors.toMap(Plan.Item::client, item -> item));
        return jdbc.sql("with " + DECISIONS + " select " + STATE + """
                , coalesce(ack.acmp_client_id, client.client_id) as acmp_client_id, ack.looked_up_at,
                client.client_record, encode(client.client_fingerprint, 'hex') as client_print,
                client.device_record, encode(client.device_fingerprint, 'hex') as mobile_print,
                encode(%s, 'hex') as stable_print
                """.formatted(STABLE) + CLIENTS + DECIDED + """
                where client.workflow = :workflow and client.client_id = any(:clients)
                order by client.client_id
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("remembered", timestamp(now.minus(REMEMBERED)))
                .param("clients", items.keySet().toArray(UUID[]::new))
                .query((row, _) -> {
                    ClientState state = state(row);
                    return new Outgoing(Plan.Item.of(state, policy), state.removed(), state.origin(),
                            row.getObject("acmp_client_id", UUID.class), nullableInstant(row, "looked_up_at"),
                            records.read(row.getString("client_record")), records.read(row.getString("device_record")),
                            new Outgoing.Prints(row.getString("client_print"), row.getString("mobile_print"),
                                    row.getString("stable_print")));
                })
                .list()
                .stream()
                .filter(client -> client.item().equals(items.get(client.id())))
                .toList();
    }

    private static ClientState state(ResultSet row) throws SQLException {
        Map<Guard, ClientState.Decision> decisions = new EnumMap<>(Guard.class);
        for (String decision : words(row.getString("decisions"))) {
            String[] parts = decision.split("=", 2);
            // what was rejected is not applied, whatever was released before
            decisions.merge(Guard.valueOf(parts[0]), ClientState.Decision.valueOf(parts[1]),
                    (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
        Set<Guard> counted = EnumSet.noneOf(Guard.class);
        words(row.getString("counted")).forEach(kind -> counted.add(Guard.valueOf(kind)));
        String origin = row.getString("origin");
        return new ClientState(row.getObject("client_id", UUID.class), row.getBoolean("removed"),
                nullableInstant(row, "removed_at"), origin == null ? null : Origin.valueOf(origin),
                row.getBoolean("looked_up"), ClientState.RecordState.valueOf(row.getString("client_known")),
                ClientState.RecordState.valueOf(row.getString("mobile_known")), row.getBoolean("stable_same"),
                row.getBoolean("known_removed"), row.getBoolean("parked"), row.getBoolean("taken"), counted,
                decisions);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
    }
}
