package io.acmpintune.engine.publication;

import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.engine.acmp.CommandVersions;
import io.acmpintune.engine.acmp.icql.CommandSchemas;
import io.acmpintune.runtime.database.Parameters;

/** Stores how each ACMP server last described its commands, in the table {@code command_schema}. */
@Repository
class CommandRepository {

    private final JdbcClient jdbc;

    CommandRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Replaces the description. The server does not support a command that is missing from it. */
    void store(String server, ServerCommands.Description description, Instant now) {
        Set<String> commands = new TreeSet<>(description.versions().byCommand().keySet());
        jdbc.sql("delete from command_schema where acmp_server = :server and command <> all(:commands)")
                .param("server", server)
                .param("commands", commands.toArray(String[]::new))
                .update();
        for (String command : commands) {
            @Nullable
            SortedSet<Integer> versions = description.versions().byCommand().get(command);
            jdbc.sql("""
                    insert into command_schema (acmp_server, command, versions, schema, described_at)
                    values (:server, :command, :versions, :schema, :now)
                    on conflict (acmp_server, command) do update set versions = excluded.versions,
                        schema = excluded.schema, described_at = excluded.described_at
                    """)
                    .param("server", server)
                    .param("command", command)
                    .param("versions", versions == null ? new Integer[0] : versions.toArray(Integer[]::new))
                    .param("schema", description.schemas().byCommand().get(command))
                    .param("now", Parameters.timestamp(now))
                    .update();
        }
    }

    /**
     * Records whether the server could be asked for its commands; a problem keeps its first date.
     *
     * @param problem null = it could
     */
    void recordStatus(String workflow, String server, @Nullable String problem, Instant now) {
        jdbc.sql("""
                insert into publication (workflow, acmp_server, schema_problem, schema_problem_since)
                values (:workflow, :server, :problem, case when :problem::text is not null then :now::timestamptz end)
                on conflict (workflow, acmp_server) do update set
                    schema_problem_since = case when excluded.schema_problem is null then null
                        else coalesce(publication.schema_problem_since, excluded.schema_problem_since) end,
                    schema_problem = excluded.schema_problem
                """)
                .param("workflow", workflow)
                .param("server", server)
                .param("problem", problem, Types.VARCHAR)
                .param("now", Parameters.timestamp(now))
                .update();
    }

    /** Returns the last description; empty = there is none yet. */
    Optional<ServerCommands.Description> find(String server) {
        Map<String, SortedSet<Integer>> versions = new HashMap<>();
        Map<String, String> schemas = new HashMap<>();
        jdbc.sql("select command, versions, schema from command_schema where acmp_server = :server")
                .param("server", server)
                .query(row -> {
                    versions.put(row.getString(1), new TreeSet<>(List.of((Integer[]) row.getArray(2).getArray())));
                    if (row.getString(3) != null) {
                        schemas.put(row.getString(1), row.getString(3));
                    }
                });
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServerCommands.Description(new CommandVersions(versions),
                        new CommandSchemas(schemas)));
    }
}
