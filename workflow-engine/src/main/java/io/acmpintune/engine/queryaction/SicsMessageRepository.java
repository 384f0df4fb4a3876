package io.acmpintune.engine.queryaction;

import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The tables {@code sics_message} and {@code sics_answer}: messages that came over SICS, and answers to publish. */
@Repository
class SicsMessageRepository {

    static final UUID BEGINNING = new UUID(0, 0);

    private final JdbcClient jdbc;

    SicsMessageRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void store(String workflow, String body, Instant now) {
        jdbc.sql("insert into sics_message (id, workflow, received_at, body) values (:id, :workflow, :now, :body)")
                .param("id", UUID.randomUUID())
                .param("workflow", workflow)
                .param("now", timestamp(now))
                // PostgreSQL's text cannot hold NUL, and Base64 has none
                .param("body", body.replace("\0", ""))
                .update();
    }

    /** A message that has not been processed. */
    record Open(UUID id, String body) {}

    List<Open> open(String workflow, int limit) {
        return jdbc.sql("""
                select id, body from sics_message where workflow = :workflow and processed_at is null
                order by received_at, id limit :limit
                """)
                .param("workflow", workflow)
                .param("limit", limit)
                .query((row, _) -> new Open(row.getObject(1, UUID.class), row.getString(2)))
                .list();
    }

    /**
     * Notes the result of a message. The body is kept only with a fault; otherwise the job has all that matters.
     *
     * @param fault what was wrong; null = nothing
     */
    void processed(UUID id, String requestId, @Nullable UUID job, @Nullable String fault, Instant now) {
        jdbc.sql("""
                update sics_message set processed_at = :now, request_id = :request, job = :job, fault = :fault,
                    body = case when :fault::text is null then '' else body end
                where id = :id
                """)
                .param("now", timestamp(now))
                .param("request", requestId)
                .param("job", job, Types.OTHER)
                .param("fault", fault, Types.VARCHAR)
                .param("id", id)
                .update();
    }

    /** A message whose job has ended, and whose result has not been reported. */
    record Unreported(UUID id, String requestId, UUID job) {}

    /**
     * A part of the messages whose results have not been reported.
     *
     * @param ended those whose jobs have ended
     * @param next where the next part begins; {@link #BEGINNING} after the last part
     */
    record Part(List<Unreported> ended, UUID next) {}

    /** Reads a limited number of messages whose results have not been reported, however many jobs are still running. */
    Part unreported(String workflow, UUID after, int most) {
        List<Unreported> ended = new ArrayList<>();
        List<UUID> read = jdbc.sql("""
                select message.*, job.state not in ('AWAITING_APPROVAL', 'RUNNING') as ended
                from (
                    select id, request_id, job from sics_message
                    where workflow = :workflow and id > :after and job is not null and result_at is null
                    order by id limit :most) message
                join job on job.id = message.job
                order by message.id
                """)
                .param("workflow", workflow)
                .param("after", after)
                .param("most", most)
                .query((row, _) -> {
                    UUID id = row.getObject(1, UUID.class);
                    if (row.getBoolean("ended")) {
                        ended.add(new Unreported(id, row.getString(2), row.getObject(3, UUID.class)));
                    }
                    return id;
                })
                .list();
        return new Part(ended, read.size() < most ? BEGINNING : read.getLast());
    }

    void reported(UUID id, Instant now) {
        jdbc.sql("update sics_message set result_at = :now where id = :id")
                .param("now", timestamp(now))
                .param("id", id)
                .update();
    }

    /** Stores an answer to be published. */
    void answer(String workflow, String server, String body, Instant now) {
        jdbc.sql(
                """
                        insert into sics_answer (workflow, acmp_server, body, created_at) values (:workflow, :server, :body, :now)
                        """)
                .param("workflow", workflow)
                .param("server", server)
                .param("body", body)
                .param("now", timestamp(now))
                .update();
    }

    /** An answer to be published. */
    record Answer(long id, String body) {}

    List<Answer> answers(String workflow, String server, int limit) {
        return jdbc.sql("""
                select id, body from sics_answer where workflow = :workflow and acmp_server = :server
                order by id limit :limit
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("limit", limit)
                .query((row, _) -> new Answer(row.getLong(1), row.getString(2)))
                .list();
    }

    void published(long id) {
        jdbc.sql("delete from sics_answer where id = :id").param("id", id).update();
    }
}
