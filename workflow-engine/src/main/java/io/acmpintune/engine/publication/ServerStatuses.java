package io.acmpintune.engine.publication;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.acmpintune.runtime.database.Columns;

/** Status of ACMP servers: how many clients each has acknowledged, and why it cannot be updated. */
@Component
public class ServerStatuses {

    private final JdbcClient jdbc;

    ServerStatuses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Status of a workflow's clients in an ACMP server.
     *
     * @param clients clients of the workflow
     * @param acknowledged clients of which the server has everything
     * @param parked clients that it refused in their current version
     * @param held clients that a guard holds or an administrator has rejected
     * @param problem why it cannot be updated; null = it can
     * @param schemaAsOf when the server last described its commands
     * @param schemaProblem why it cannot be asked for its commands, so that the last description is used; null = it can
     */
    public record ServerStatus(String server, int clients, int acknowledged, int parked, int held,
            @Nullable Instant lastSuccess, @Nullable String problem, @Nullable Instant problemSince,
            @Nullable Instant schemaAsOf, @Nullable String schemaProblem, @Nullable Instant schemaProblemSince) {}

    /** Returns the status of each of these servers, in the order given. */
    public List<ServerStatus> of(String workflow, List<String> servers) {
        return servers.stream().map(server -> status(workflow, server)).toList();
    }

    /**
     * A server with a problem.
     *
     * @param problem why it cannot be updated; null = it can
     * @param schemaProblem why it cannot be asked for its commands; null = it can
     */
    public record BlockedServer(String workflow, String server, @Nullable String problem, @Nullable Instant since,
            @Nullable String schemaProblem, @Nullable Instant schemaSince) {}

    /** Returns the servers with a problem, without counting clients. */
    public List<BlockedServer> blockedServers() {
        return jdbc.sql("""
                select * from publication where problem is not null or schema_problem is not null
                order by workflow, acmp_server
                """)
                .query((row, _) -> new BlockedServer(row.getString("workflow"), row.getString("acmp_server"),
                        row.getString("problem"), Columns.nullableInstant(row, "problem_since"),
                        row.getString("schema_problem"),
                        Columns.nullableInstant(row, "schema_problem_since")))
                .list();
    }

    private ServerStatus status(String workflow, String server) {
        return jdbc
                .sql("""
                        select (select count(*) from client where workflow = :workflow) as clients,
                            state.acknowledged, state.parked,
                            (select count(distinct held.client_id)
                                from hold join held_client held on held.hold = hold.id
                                where hold.workflow = :workflow and hold.acmp_server = :server
                                    and hold.state in ('WAITING', 'REJECTED') and held.done_at is null) as held,
                            (select max(described_at) from command_schema where acmp_server = :server) as schema_as_of,
                            publication.last_success, publication.problem, publication.problem_since,
                            publication.schema_problem, publication.schema_problem_since
                        from (
                            select count(*) filter (where acknowledged) as acknowledged, count(*) filter (where parked) as parked
                            from acknowledgement_state where workflow = :workflow and acmp_server = :server) state
                        left join publication on publication.workflow = :workflow and publication.acmp_server = :server
                        """)
                .param("workflow", workflow)
                .param("server", server)
                .query((row, _) -> new ServerStatus(server, row.getInt("clients"), row.getInt("acknowledged"),
                        row.getInt("parked"), row.getInt("held"), Columns.nullableInstant(row, "last_success"),
                        row.getString("problem"),
                        Columns.nullableInstant(row, "problem_since"), Columns.nullableInstant(row, "schema_as_of"),
                        row.getString("schema_problem"),
                        Columns.nullableInstant(row, "schema_problem_since")))
                .single();
    }
}
