package io.acmpintune.engine.person;

import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/** The table {@code signed_in_identity}: the names that identities had when they last signed in. */
@Repository
class SignedInNames {

    private static final int MOST = 5_000;

    private final JdbcClient jdbc;

    SignedInNames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void remember(String identity, String displayName, @Nullable String login, Instant now) {
        jdbc.sql("""
                insert into signed_in_identity (identity, display_name, login, signed_in_at)
                values (:identity, :name, :login, :now)
                on conflict (identity) do update set display_name = excluded.display_name, login = excluded.login,
                    signed_in_at = excluded.signed_in_at
                """)
                .param("identity", identity)
                .param("name", displayName)
                .param("login", login, Types.VARCHAR)
                .param("now", timestamp(now))
                .update();
    }

    /** Returns the sign-in names of identities that have one, by identity. */
    Map<String, String> logins(Collection<String> identities) {
        Map<String, String> logins = new HashMap<>();
        jdbc.sql(
                "select identity, login from signed_in_identity where login is not null and identity = any(:identities)")
                .param("identities", identities.toArray(String[]::new))
                .query(row -> {
                    logins.put(row.getString(1), row.getString(2));
                });
        return logins;
    }

    /** Returns those who have signed in, the latest first, at most 5,000. */
    List<SignedIn> all() {
        return jdbc.sql("""
                select identity, display_name, signed_in_at from signed_in_identity
                order by signed_in_at desc, identity limit :most
                """)
                .param("most", MOST)
                .query((row, _) -> new SignedIn(row.getString(1), row.getString(2), instant(row, "signed_in_at")))
                .list();
    }
}
