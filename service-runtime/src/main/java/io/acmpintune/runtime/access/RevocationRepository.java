package io.acmpintune.runtime.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The table {@code revocation}. Its writing methods need a transaction. */
public final class RevocationRepository {

    private final JdbcClient jdbc;

    public RevocationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns all revocations, the newest first. */
    public List<Revocation> all() {
        return jdbc.sql("select * from revocation order by revoked_at desc, identity")
                .query((row, _) -> revocation(row))
                .list();
    }

    /** Locks and returns the revocation of an identity. */
    public Optional<Revocation> lock(String identity) {
        return jdbc.sql("select * from revocation where identity = :identity for update")
                .param("identity", identity)
                .query((row, _) -> revocation(row))
                .optional();
    }

    /** Revokes an identity; one that is revoked stays as it is, and a request to return its access is withdrawn. */
    public void add(String identity, String by, @Nullable String reason, Instant now) {
        jdbc.sql("""
                insert into revocation (identity, revoked_at, revoked_by, reason) values (:identity, :now, :by, :reason)
                on conflict (identity) do update set return_asked_by = null, return_asked_at = null
                """)
                .param("identity", identity)
                .param("now", timestamp(now))
                .param("by", by)
                .param("reason", reason, Types.VARCHAR)
                .update();
    }

    public void askReturn(String identity, String by, Instant now) {
        jdbc.sql("update revocation set return_asked_by = :by, return_asked_at = :now where identity = :identity")
                .param("identity", identity)
                .param("by", by)
                .param("now", timestamp(now))
                .update();
    }

    public void remove(String identity) {
        jdbc.sql("delete from revocation where identity = :identity").param("identity", identity).update();
    }

    private static Revocation revocation(ResultSet row) throws SQLException {
        return new Revocation(row.getString("identity"), instant(row, "revoked_at"), row.getString("revoked_by"),
                row.getString("reason"), row.getString("return_asked_by"), nullableInstant(row, "return_asked_at"));
    }
}
