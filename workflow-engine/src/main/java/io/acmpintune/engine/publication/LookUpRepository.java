package io.acmpintune.engine.publication;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.inventory.RecordJson;
import io.acmpintune.runtime.database.Parameters;

/** Reads and writes which clients were looked up in ACMP servers, in the table {@code acknowledgement}. */
@Repository
class LookUpRepository {

    private final JdbcClient jdbc;
    private final RecordJson records;

    LookUpRepository(JdbcClient jdbc, RecordJson records) {
        this.jdbc = jdbc;
        this.records = records;
    }

    /**
     * A client to be looked up.
     *
     * @param version parked if ACMP refuses the look-up
     */
    record Candidate(RejectedVersion version, IcqlRecord clientRecord) {
        UUID client() {
            return version.client();
        }
    }

    /**
     * The server's answer about one client.
     *
     * @param acmpClientId the server's id of the client; null = it has none
     */
    record Answer(UUID client, @Nullable UUID acmpClientId) {}

    /** Returns clients that were never looked up in the server, without those whose look-up it refused. */
    List<Candidate> notLookedUp(String workflow, String server, int limit) {
        return jdbc.sql("""
                select client.client_id, client.client_record, encode(client.client_fingerprint, 'hex'),
                    encode(client.device_fingerprint, 'hex')
                from client left join acknowledgement ack on ack.workflow = client.workflow
                    and ack.client_id = client.client_id and ack.acmp_server = :server
                where client.workflow = :workflow and not client.removed and ack.origin is null
                    and ack.looked_up_at is null
                    and (ack.parked_client is distinct from client.client_fingerprint
                        or ack.parked_device is distinct from client.device_fingerprint)
                order by client.client_id limit :limit
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("limit", limit)
                .query((row, _) -> new Candidate(
                        new RejectedVersion(row.getObject(1, UUID.class), row.getString(3), row.getString(4)),
                        records.read(row.getString(2))))
                .list();
    }

    /**
     * Stores the server's answers. A record that belongs to another client, or will because it has that client's id, is not
     * linked: the client is created under its own id, and the explanation says why. We created a record under the client's own
     * id, even if we never got the answer.
     */
    void store(String workflow, String server, List<Answer> answers, Instant now) {
        jdbc.sql("""
                with answer as (
                    select row.client, row.found,
                        row_number() over (partition by row.found order by row.found = row.client desc, row.client)
                            as place
                    from unnest(:clients, :found) as row (client, found)),
                owner as (
                    select answer.client, (
                        select taken.workflow || ' ' || taken.client_id from (
                            select workflow, client_id from acknowledgement
                            where acmp_server = :server and acmp_client_id = answer.found
                            union all
                            select workflow, client_id from client where client_id = answer.found) taken
                        where (taken.workflow, taken.client_id) <> (:workflow, answer.client) limit 1) as name
                    from answer)
                insert into acknowledgement (workflow, client_id, acmp_server, looked_up_at, origin, acmp_client_id,
                    explanation)
                select :workflow, answer.client, :server, :now,
                    case when answer.found is null or answer.place > 1 or owner.name is not null then null
                        when answer.found = answer.client then 'CREATED' else 'LINKED' end,
                    case when answer.place = 1 and owner.name is null then answer.found end,
                    case when answer.found is not null and (answer.place > 1 or owner.name is not null)
                        then 'ACMP has a client of this name or directory id, ' || answer.found || ', which is '
                            || coalesce('the client of ' || owner.name, 'another client found at the same time')
                            || '. This one is created under its own id.' end
                from answer join owner on owner.client = answer.client
                on conflict (workflow, client_id, acmp_server) do update set looked_up_at = excluded.looked_up_at,
                    origin = excluded.origin, acmp_client_id = excluded.acmp_client_id,
                    explanation = excluded.explanation
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("clients", Parameters.uuids(answers, Answer::client))
                .param("found", Parameters.uuids(answers, Answer::acmpClientId))
                .param("now", Parameters.timestamp(now))
                .update();
    }
}
