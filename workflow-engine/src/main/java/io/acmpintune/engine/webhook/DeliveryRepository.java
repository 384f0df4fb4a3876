package io.acmpintune.engine.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The table {@code webhook_delivery}. */
@Repository
class DeliveryRepository {

    private final JdbcClient jdbc;

    DeliveryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A delivery to be sent now. */
    record Due(UUID id, WebhookEventType event, String body, int attempts, Instant giveUpAt) {}

    void add(UUID id, String webhook, WebhookEventType event, String body, Instant now) {
        jdbc.sql("""
                insert into webhook_delivery (id, webhook, event, body, state, created_at, attempts, next_attempt_at,
                    give_up_at)
                values (:id, :webhook, :event, :body, 'WAITING', :now, 0, :now, :giveUp)
                """)
                .param("id", id)
                .param("webhook", webhook)
                .param("event", event.name())
                .param("body", body)
                .param("now", timestamp(now))
                .param("giveUp", timestamp(now.plus(RetrySchedule.FOR)))
                .update();
    }

    Optional<Due> due(String webhook, Instant now) {
        return jdbc.sql("""
                select id, event, body, attempts, give_up_at from webhook_delivery
                where webhook = :webhook and state = 'WAITING' and next_attempt_at <= :now
                order by next_attempt_at, number limit 1
                """)
                .param("webhook", webhook)
                .param("now", timestamp(now))
                .query((row, _) -> new Due(row.getObject(1, UUID.class), WebhookEventType.valueOf(row.getString(2)),
                        row.getString(3), row.getInt(4), instant(row, "give_up_at")))
                .optional();
    }

    /** Returns when the next delivery is due; empty if none is waiting. */
    Optional<Instant> nextDue(String webhook) {
        return jdbc.sql("""
                select next_attempt_at from webhook_delivery where webhook = :webhook and state = 'WAITING'
                order by next_attempt_at limit 1
                """).param("webhook", webhook).query((row, _) -> instant(row, "next_attempt_at")).optional();
    }

    /** Stores the result of an attempt; {@code next} is null for the last one. */
    void attempted(UUID id, Delivery.State state, @Nullable Integer status, @Nullable String problem, Instant at,
            @Nullable Instant next) {
        jdbc.sql("""
                update webhook_delivery set state = :state, attempts = attempts + 1, last_status = :status,
                    last_problem = :problem, last_attempt_at = :at, next_attempt_at = :next
                where id = :id
                """)
                .param("id", id)
                .param("state", state.name())
                .param("status", status, Types.INTEGER)
                .param("problem", problem, Types.VARCHAR)
                .param("at", timestamp(at))
                .param("next", timestamp(next))
                .update();
    }

    /** Schedules a delivery again, in whichever state it is. Returns false if there is none. */
    boolean redeliver(UUID id, Instant now) {
        return jdbc.sql("""
                update webhook_delivery set state = 'WAITING', attempts = 0, next_attempt_at = :now,
                    give_up_at = :giveUp
                where id = :id
                """)
                .param("id", id)
                .param("now", timestamp(now))
                .param("giveUp", timestamp(now.plus(RetrySchedule.FOR)))
                .update() == 1;
    }

    Optional<Delivery> find(UUID id) {
        return jdbc.sql("select * from webhook_delivery where id = :id")
                .param("id", id)
                .query((row, _) -> delivery(row))
                .optional();
    }

    /** Returns a page, newest first. */
    List<Delivery> page(@Nullable String webhook, Delivery.@Nullable State state, long before, int limit) {
        return jdbc.sql("""
                select * from webhook_delivery
                where number < :before and (:webhook::text is null or webhook = :webhook)
                    and (:state::text is null or state = :state)
                order by number desc limit :limit
                """)
                .param("before", before)
                .param("webhook", webhook, Types.VARCHAR)
                .param("state", state == null ? null : state.name(), Types.VARCHAR)
                .param("limit", limit)
                .query((row, _) -> delivery(row))
                .list();
    }

    /** Deletes deliveries that ended before a time. */
    void deleteEnded(String webhook, Instant before) {
        jdbc.sql("""
                delete from webhook_delivery
                where webhook = :webhook and state <> 'WAITING' and last_attempt_at < :before
                """).param("webhook", webhook).param("before", timestamp(before)).update();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(row.getLong("number"), row.getObject("id", UUID.class), row.getString("webhook"),
                WebhookEventType.valueOf(row.getString("event")), Delivery.State.valueOf(row.getString("state")),
                instant(row, "created_at"), row.getInt("attempts"),
                nullableInstant(row, "next_attempt_at"), nullableInstant(row, "last_attempt_at"),
                row.getObject("last_status", Integer.class), row.getString("last_problem"));
    }
}
