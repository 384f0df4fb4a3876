package io.acmpintune.engine.access;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The sessions of the console, which Spring Session stores under the key of their identity. */
@Repository
class ConsoleSessions {

    private final JdbcClient jdbc;

    ConsoleSessions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Ends the sessions of an identity on all replicas; returns how many there were. */
    int end(String identity) {
        return jdbc.sql("delete from spring_session where principal_name = :identity")
                .param("identity", identity)
                .update();
    }
}
