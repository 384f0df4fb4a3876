package io.acmpintune.engine.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.model.ExpiringCredential;
import io.acmpintune.model.ExpiringCredential.Stage;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Parameters.texts;
import static io.acmpintune.runtime.database.Parameters.timestamp;
import static io.acmpintune.runtime.database.Parameters.timestamps;

/** The table {@code credential_expiry}: the credentials of connectors, as last reported. */
@Repository
public class CredentialExpiries {

    private final JdbcClient jdbc;

    CredentialExpiries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns credentials that expire within 30 days or have expired, the soonest first. */
    public List<ReportedCredential> expiringSoon() {
        return jdbc.sql("""
                select workflow, connector, use, kind, expires_at, stage from credential_expiry
                where stage <> 'FAR'
                order by expires_at, workflow, use
                """)
                .query((row, _) -> new ReportedCredential(row.getString("workflow"), row.getString("connector"),
                        new ExpiringCredential(row.getString("use"), row.getString("kind"),
                                instant(row, "expires_at"), Stage.valueOf(row.getString("stage")))))
                .list();
    }

    /** Returns the stage last recorded for a credential with this expiry; {@link Stage#FAR} if none was. */
    Stage stage(String workflow, String use, @Nullable Instant expiresAt) {
        return Optional.ofNullable(expiresAt)
                .flatMap(expires -> jdbc.sql("""
                        select stage from credential_expiry
                        where workflow = :workflow and use = :use and expires_at = :expires
                        """)
                        .param("workflow", workflow)
                        .param("use", use)
                        .param("expires", timestamp(expires))
                        .query((row, _) -> Stage.valueOf(row.getString(1)))
                        .optional())
                .orElse(Stage.FAR);
    }

    /**
     * Replaces what is known of a connector's credentials. Unknown expiries, as while a file is being replaced, keep their
     * last known value.
     */
    void replace(String workflow, String connector, List<ExpiringCredential> credentials) {
        @Nullable
        String[] uses = texts(credentials, ExpiringCredential::use);
        jdbc.sql(
                "delete from credential_expiry where workflow = :workflow and (connector <> :connector or use <> all(:uses))")
                .param("workflow", workflow)
                .param("connector", connector)
                .param("uses", uses)
                .update();
        jdbc.sql("""
                insert into credential_expiry (workflow, connector, use, kind, expires_at, stage)
                select :workflow, :connector, use, kind, expires_at, stage
                from unnest(:uses, :kinds, :expires, :stages) as row (use, kind, expires_at, stage)
                where expires_at is not null
                on conflict (workflow, use) do update
                set kind = excluded.kind, expires_at = excluded.expires_at, stage = excluded.stage
                """)
                .param("workflow", workflow)
                .param("connector", connector)
                .param("uses", uses)
                .param("kinds", texts(credentials, ExpiringCredential::kind))
                .param("expires", timestamps(credentials, ExpiringCredential::expiresAt))
                .param("stages", texts(credentials, credential -> credential.stage().name()))
                .update();
    }
}
