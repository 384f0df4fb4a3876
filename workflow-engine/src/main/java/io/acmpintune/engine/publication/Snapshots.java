package io.acmpintune.engine.publication;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import io.acmpintune.engine.inventory.RecordJson;
import io.acmpintune.engine.publication.plan.ClientState;
import io.acmpintune.engine.publication.plan.Guard;
import io.acmpintune.engine.publication.plan.Plan;
import io.acmpintune.engine.publication.plan.PlanBuilder;
import io.acmpintune.engine.publication.plan.Policy;
import io.acmpintune.runtime.database.Columns;
import io.acmpintune.runtime.database.Parameters;

/** Reads everything that a plan is computed from in one consistent snapshot of the database. */
@Repository
class Snapshots {

    /** How long guards count a client: changes arrive in pages, so that one large change becomes many small plans. */
    static final Duration COUNTED_FOR = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final ClientStateRepository states;
    private final RecordJson records;
    private final TransactionTemplate snapshot;

    Snapshots(JdbcClient jdbc, ClientStateRepository states, RecordJson records,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.states = states;
        this.records = records;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /** Returns the current plan for a server. */
    Plan plan(String workflow, String server, Policy policy, Instant now) {
        return snapshot.execute(_ -> {
            PlanBuilder plan = new PlanBuilder(policy);
            UUID[] outdated = states.outdated(workflow, server, policy.deleteBefore());
            try (var current = states.states(workflow, server, outdated, now.minus(COUNTED_FOR))) {
                current.forEach(plan::add);
            }
            return plan.build(totals(workflow, server, now), waiting(workflow, server));
        });
    }

    private PlanBuilder.Totals totals(String workflow, String server, Instant now) {
        Map<Guard, Integer> counted = new EnumMap<>(Guard.class);
        jdbc.sql("""
                select kind, count(*) from guard_count
                where workflow = :workflow and acmp_server = :server and at > :since group by kind
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("since", Parameters.timestamp(now.minus(COUNTED_FOR)))
                .query(row -> {
                    counted.put(Guard.valueOf(row.getString(1)), row.getInt(2));
                });
        return jdbc.sql("""
                select (select count(*) from client where workflow = :workflow) as clients,
                    (select count(*) from acknowledgement where workflow = :workflow and acmp_server = :server
                        and not removed
                        and (client_fingerprint is not null or device_fingerprint is not null)) as server_clients,
                    (select count(*) from device where workflow = :workflow and match_state = 'CONFLICT'
                        and removed_at is null) as conflicts
                """)
                .param("workflow", workflow)
                .param("server", server)
                .query((row, _) -> new PlanBuilder.Totals(row.getInt("clients"), row.getInt("server_clients"), counted,
                        row.getInt("conflicts")))
                .single();
    }

    private Set<Guard> waiting(String workflow, String server) {
        return jdbc.sql("""
                select kind from hold where workflow = :workflow and acmp_server = :server and state = 'WAITING'
                """)
                .param("workflow", workflow)
                .param("server", server)
                .query((row, _) -> Guard.valueOf(row.getString(1)))
                .list()
                .stream()
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Guard.class)));
    }

    /** Reads planned clients with their records, in the order of ids. Skips clients whose plan has changed. */
    List<OutgoingClient> outgoing(String workflow, String server, Collection<Plan.Item> planned, Policy policy,
            Instant now) {
        UUID[] clients = planned.stream().map(Plan.Item::client).toArray(UUID[]::new);
        Map<UUID, Plan.Item> items = planned.stream().collect(Collectors.toMap(Plan.Item::client, item -> item));
        return snapshot.execute(_ -> {
            Map<UUID, ClientState> unchanged;
            try (var current = states.states(workflow, server, clients, now.minus(COUNTED_FOR))) {
                unchanged = current.filter(state -> Plan.Item.of(state, policy).equals(items.get(state.id())))
                        .collect(Collectors.toMap(ClientState::id, Function.identity()));
            }
            return withRecords(workflow, server, unchanged, policy);
        });
    }

    private List<OutgoingClient> withRecords(String workflow, String server, Map<UUID, ClientState> states,
            Policy policy) {
        return jdbc.sql("""
                select client.client_id, coalesce(ack.acmp_client_id, client.client_id) as acmp_client_id,
                    ack.looked_up_at, client.client_record, client.device_record,
                    encode(client.client_fingerprint, 'hex') as client_fingerprint,
                    encode(client.device_fingerprint, 'hex') as device_fingerprint,
                    encode(client.stable_fingerprint, 'hex') as stable_fingerprint
                from client left join acknowledgement ack on ack.workflow = client.workflow
                    and ack.client_id = client.client_id and ack.acmp_server = :server
                where client.workflow = :workflow and client.client_id = any(:clients)
                order by client.client_id
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", states.keySet().toArray(UUID[]::new))
                .query((row, _) -> {
                    ClientState state = Objects.requireNonNull(states.get(row.getObject("client_id", UUID.class)));
                    return new OutgoingClient(Plan.Item.of(state, policy), state.removed(), state.origin(),
                            row.getObject("acmp_client_id", UUID.class),
                            Columns.nullableInstant(row, "looked_up_at"),
                            records.read(row.getString("client_record")), records.read(row.getString("device_record")),
                            new OutgoingClient.Fingerprints(row.getString("client_fingerprint"),
                                    row.getString("device_fingerprint"), row.getString("stable_fingerprint")));
                })
                .list();
    }
}
