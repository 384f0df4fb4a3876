package io.acmpintune.engine.publication;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.engine.publication.plan.Guard;
import io.acmpintune.engine.publication.plan.Plan;
import io.acmpintune.runtime.database.Parameters;

/** Writes what guards hold and count, in the tables {@code hold}, {@code held_client} and {@code guard_count}. */
@Repository
class HoldRepository {

    private final JdbcClient jdbc;

    HoldRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Ends decisions about clients whose stable fields have changed since. */
    void expireDecisions(String workflow, String server, Instant now) {
        jdbc.sql("""
                update held_client held set done_at = :now
                from hold, client
                where hold.id = held.hold and hold.workflow = :workflow and hold.acmp_server = :server
                    and hold.state <> 'WAITING' and held.done_at is null
                    and client.workflow = hold.workflow and client.client_id = held.client_id
                    and held.stable_fingerprint <> client.stable_fingerprint
                """)
                .param("now", Parameters.timestamp(now))
                .param("workflow", workflow)
                .param("server", server)
                .update();
    }

    /** Updates the waiting holds to the plan's. */
    void update(String workflow, String server, Plan plan, Instant now) {
        for (Guard guard : EnumSet.allOf(Guard.class)) {
            Plan.HeldSet held = plan.held().get(guard);
            if (held == null) {
                removeWaiting(workflow, server, guard);
            } else {
                store(workflow, server, guard, held, plan.serverClients(), now);
            }
        }
    }

    private void store(String workflow, String server, Guard guard, Plan.HeldSet held, int serverClients, Instant now) {
        UUID hold = jdbc
                .sql("""
                        insert into hold (id, workflow, acmp_server, kind, count, server_clients, revision, reason, since, state)
                        values (:id, :workflow, :server, :kind, :count, :serverClients, 0, :reason, :now, 'WAITING')
                        on conflict (workflow, acmp_server, kind) where state = 'WAITING' do update set
                            count = excluded.count, server_clients = excluded.server_clients, reason = excluded.reason
                        returning id
                        """)
                .param("id", UUID.randomUUID())
                .param("workflow", workflow)
                .param("server", server)
                .param("kind", guard.name())
                .param("count", held.clients().size())
                .param("serverClients", serverClients)
                .param("reason", held.reason())
                .param("now", Parameters.timestamp(now))
                .query((row, _) -> row.getObject(1, UUID.class))
                .single();
        if (replaceClients(hold, workflow, held.clients()) > 0) {
            jdbc.sql("update hold set revision = revision + 1 where id = :hold").param("hold", hold).update();
        }
    }

    /** Returns how many clients were added, removed or updated. */
    private int replaceClients(UUID hold, String workflow, List<UUID> clients) {
        UUID[] ids = clients.toArray(UUID[]::new);
        int removed = jdbc.sql("delete from held_client where hold = :hold and client_id <> all(:clients)")
                .param("hold", hold)
                .param("clients", ids)
                .update();
        return removed + jdbc.sql("""
                insert into held_client as held (hold, client_id, stable_fingerprint)
                select :hold, client_id, stable_fingerprint from client
                where workflow = :workflow and client_id = any(:clients)
                on conflict (hold, client_id) do update set stable_fingerprint = excluded.stable_fingerprint
                where held.stable_fingerprint <> excluded.stable_fingerprint
                """).param("hold", hold).param("workflow", workflow).param("clients", ids).update();
    }

    private void removeWaiting(String workflow, String server, Guard guard) {
        jdbc.sql("""
                delete from hold
                where workflow = :workflow and acmp_server = :server and kind = :kind and state = 'WAITING'
                """).param("workflow", workflow).param("server", server).param("kind", guard.name()).update();
    }

    /** Lets a guard count clients that were applied without a decision. */
    void count(String workflow, String server, Guard guard, List<UUID> clients, Instant now) {
        jdbc.sql("""
                insert into guard_count (workflow, acmp_server, kind, client_id, at)
                select :workflow, :server, :kind, client, :now from unnest(:clients) as row (client)
                on conflict (workflow, acmp_server, kind, client_id) do update set at = excluded.at
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("kind", guard.name())
                .param("clients", clients.toArray(UUID[]::new))
                .param("now", Parameters.timestamp(now))
                .update();
    }

    /** Ends the releases of clients that were applied. */
    void releasesApplied(String workflow, String server, Guard guard, List<UUID> clients, Instant now) {
        jdbc.sql("""
                update held_client held set done_at = :now
                from hold
                where hold.id = held.hold and hold.workflow = :workflow and hold.acmp_server = :server
                    and hold.kind = :kind and hold.state = 'RELEASED' and held.done_at is null
                    and held.client_id = any(:clients)
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("kind", guard.name())
                .param("clients", clients.toArray(UUID[]::new))
                .param("now", Parameters.timestamp(now))
                .update();
    }
}
