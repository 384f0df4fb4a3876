package io.acmpintune.engine.publication;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.engine.publication.plan.Guard;
import io.acmpintune.engine.publication.plan.Plan;

import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The tables {@code hold}, {@code held_client} and {@code guard_count} as the publish lane writes them. */
@Repository
class HoldRepository {

    private final JdbcClient jdbc;

    HoldRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Decisions about clients that are no longer what was decided about are used up. */
    void lapse(String workflow, String server, Instant now) {
        jdbc.sql("""
                update held_client held set done_at = :now
                from hold, client
                where hold.id = held.hold and hold.workflow = :workflow and hold.acmp_server = :server
                    and hold.state <> 'WAITING' and held.done_at is null
                    and client.workflow = hold.workflow and client.client_id = held.client_id
                    and held.stable_fingerprint <> coalesce(client.stable_fingerprint, client.device_fingerprint)
                """).param("now", timestamp(now)).param("workflow", workflow).param("server", server).update();
    }

    /** Makes the waiting holds be exactly what the plan's guards keep back. */
    void keep(String workflow, String server, Plan plan, Instant now) {
        for (Guard guard : EnumSet.allOf(Guard.class)) {
            Plan.HeldSet held = plan.held().get(guard);
            if (held == null) {
                dissolve(workflow, server, guard);
            } else {
                keep(workflow, server, guard, held, plan.serverClients(), now);
            }
        }
    }

    private void keep(String workflow, String server, Guard guard, Plan.HeldSet held, int present, Instant now) {
        UUID hold = jdbc.sql("""
                insert into hold (id, workflow, acmp_server, kind, count, of, revision, reason, since, state)
                values (:id, :workflow, :server, :kind, :count, :of, 0, :reason, :now, 'WAITING')
                on conflict (workflow, acmp_server, kind) where state = 'WAITING' do update set
                    count = excluded.count, of = excluded.of, reason = excluded.reason
                returning id
                """)
                .param("id", UUID.randomUUID())
                .param("workflow", workflow)
                .param("server", server)
                .param("kind", guard.name())
                .param("count", held.clients().size())
                .param("of", present)
                .param("reason", held.reason())
                .param("now", timestamp(now))
                .query((row, _) -> row.getObject(1, UUID.class))
                .single();
        if (replace(hold, workflow, held.clients()) > 0) {
            jdbc.sql("update hold set revision = revision + 1 where id = :hold").param("hold", hold).update();
        }
    }

    /** Returns how many clients came, left, or are not what they were. */
    private int replace(UUID hold, String workflow, List<UUID> clients) {
        UUID[] ids = clients.toArray(UUID[]::new);
        int left = jdbc.sql("delete from held_client where hold = :hold and client_id <> all(:clients)")
                .param("hold", hold)
                .param("clients", ids)
                .update();
        return left + jdbc.sql("""
                insert into held_client as held (hold, client_id, stable_fingerprint)
                select :hold, client_id, coalesce(stable_fingerprint, device_fingerprint) from client
                where workflow = :workflow and client_id = any(:clients)
                on conflict (hold, client_id) do update set stable_fingerprint = excluded.stable_fingerprint
                where held.stable_fingerprint <> excluded.stable_fingerprint
                """).param("hold", hold).param("workflow", workflow).param("clients", ids).update();
    }

    private void dissolve(String workflow, String server, Guard guard) {
        jdbc.sql("""
                delete from hold
                where workflow = :workflow and acmp_server = :server and kind = :kind and state = 'WAITING'
                """).param("workflow", workflow).param("server", server).param("kind", guard.name()).update();
    }

    /** These clients were applied under a guard: it counts them for a while. */
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
                .param("now", timestamp(now))
                .update();
    }

    /** These clients were applied because a person released them: the decision is used up. */
    void used(String workflow, String server, Guard guard, List<UUID> clients, Instant now) {
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
                .param("now", timestamp(now))
                .update();
    }
}
