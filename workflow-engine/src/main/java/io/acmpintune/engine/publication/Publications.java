package io.acmpintune.engine.publication;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import static io.acmpintune.runtime.database.Columns.nullableInstant;

/** How ACMP servers fare with what they are to be told. */
@Component
public class Publications {

    private final JdbcClient jdbc;

    Publications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How an ACMP server fares with a workflow's clients.
     *
     * @param clients clients that the workflow has
     * @param acknowledged those of which the server knows all
     * @param parked those that it refuses as they are
     * @param held those that a guard or a person's rejection keeps back
     * @param problem why it cannot be told anything now
     * @param schemaAsOf when the server last described its commands
     * @param schemaProblem why it cannot be asked for them now, so that what it said then serves; null = it can
     */
    public record Publication(String server, int clients, int acknowledged, int parked, int held,
            @Nullable Instant lastSuccess, @Nullable String problem, @Nullable Instant problemSince,
            @Nullable Instant schemaAsOf, @Nullable String schemaProblem, @Nullable Instant schemaProblemSince) {}

    /** How each of these servers fares, in the order given. */
    public List<Publication> of(String workflow, List<String> servers) {
        return servers.stream().map(server -> publication(workflow, server)).toList();
    }

    /**
     * What hinders a workflow from telling an ACMP server.
     *
     * @param problem why it cannot be told anything; null = it can
     * @param schemaProblem why it cannot be asked for its commands; null = it can
     */
    public record Hindrance(String workflow, String server, @Nullable String problem, @Nullable Instant since,
            @Nullable String schemaProblem, @Nullable Instant schemaSince) {}

    /** Everything that hinders now, without a look at clients. */
    public List<Hindrance> hindrances() {
        return jdbc.sql("""
                select * from publication where problem is not null or schema_problem is not null
                order by workflow, acmp_server
                """)
                .query((row, _) -> new Hindrance(row.getString("workflow"), row.getString("acmp_server"),
                        row.getString("problem"), nullableInstant(row, "problem_since"),
                        row.getString("schema_problem"),
                        nullableInstant(row, "schema_problem_since")))
                .list();
    }

    private Publication publication(String workflow, String server) {
        return jdbc.sql("""
                select count(client.client_id) as clients,
                    count(*) filter (where (ack.origin = 'LINKED' or ack.client_fingerprint = client.client_fingerprint)
                        and ack.device_fingerprint = client.device_fingerprint) as acknowledged,
                    count(*) filter (where ack.parked_client = client.client_fingerprint
                        and ack.parked_device = client.device_fingerprint) as parked,
                    (select count(distinct held.client_id)
                        from hold join held_client held on held.hold = hold.id
                        where hold.workflow = :workflow and hold.acmp_server = :server
                            and hold.state in ('WAITING', 'REJECTED') and held.done_at is null) as held,
                    (select max(asked_at) from command_schema where acmp_server = :server) as schema_as_of,
                    max(publication.last_success) as last_success, max(publication.problem) as problem,
                    max(publication.problem_since) as problem_since,
                    max(publication.schema_problem) as schema_problem,
                    max(publication.schema_problem_since) as schema_problem_since
                from (select 1) one
                left join publication on publication.workflow = :workflow and publication.acmp_server = :server
                left join client on client.workflow = :workflow
                left join acknowledgement ack on ack.workflow = client.workflow
                    and ack.client_id = client.client_id and ack.acmp_server = :server
                """)
                .param("workflow", workflow)
                .param("server", server)
                .query((row, _) -> new Publication(server, row.getInt("clients"), row.getInt("acknowledged"),
                        row.getInt("parked"), row.getInt("held"), nullableInstant(row, "last_success"),
                        row.getString("problem"),
                        nullableInstant(row, "problem_since"), nullableInstant(row, "schema_as_of"),
                        row.getString("schema_problem"),
                        nullableInstant(row, "schema_problem_since")))
                .single();
    }
}
