package io.acmpintune.engine.job.relay;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The columns of the table {@code workflow} that say how far the connector's action feed has been read. */
@Repository
class ActionFeedRepository {

    private final JdbcClient jdbc;

    ActionFeedRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A position in the connector's action feed.
     *
     * @param feed null = nothing has been read yet
     * @param after the last revision that was read
     */
    record Position(@Nullable UUID feed, long after) {}

    Position position(String workflow) {
        return jdbc.sql("select action_feed, action_cursor from workflow where name = :workflow")
                .param("workflow", workflow)
                .query((row, _) -> new Position(row.getObject(1, UUID.class), row.getLong(2)))
                .single();
    }

    void moveTo(String workflow, Position position) {
        jdbc.sql("update workflow set action_feed = :feed, action_cursor = :after where name = :workflow")
                .param("feed", position.feed())
                .param("after", position.after())
                .param("workflow", workflow)
                .update();
    }
}
