package io.acmpintune.engine.client;

import java.sql.Types;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.client.ClientFilter.State;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.database.Parameters;

/** The WHERE clause of a {@link ClientFilter}. All it reads is in narrow indexes. */
final class FilterSql {

    /** True where the user of the client's device may be known. */
    static final String USER_VISIBLE = "(client.ownership = any(:hiddenUsersOf)) is not true";
    private static final String ACKNOWLEDGED_EVERYWHERE = """
            (select client_id from acknowledgement_state
            where workflow = :workflow and acmp_server = any(:servers) and acknowledged
            group by client_id having count(*) = cardinality(:servers))""";
    /** {@code parked_reason} is named for the sake of its small index. */
    private static final String PARKED_SOMEWHERE = """
            (select client_id from acknowledgement_state
            where workflow = :workflow and acmp_server = any(:servers) and parked_reason is not null and parked)""";

    private FilterSql() {}

    /** The condition on a row of {@code client}. */
    static String where(ClientFilter filter) {
        return """
                client.workflow = :workflow
                    and (:system::text is null or lower(client.operating_system) = lower(:system))
                    and (:type::text is null or lower(client.client_type) = lower(:type))
                    and (:compliance::text is null or lower(coalesce(client.compliance, 'unknown')) = lower(:compliance))
                    and (:ownership::text is null or lower(coalesce(client.ownership, 'unknown')) = lower(:ownership))
                    and (:since::timestamptz is null or client.last_sync >= :since)
                    and (:before::timestamptz is null or client.last_sync < :before)
                    and (:search::text is null or lower(client.name) like lower(:search)
                        or client.client_id in (select found.client_id from device found
                            where found.workflow = :workflow and found.client_id is not null
                                and lower(found.serial_number) like lower(:search))
                        or (%s and client.client_id in (select found.client_id from device found
                            where found.workflow = :workflow and found.client_id is not null
                                and lower(found.user_name) like lower(:search))))
                """
                .formatted(USER_VISIBLE) + state(filter.state());
    }

    /** {@code is true} makes PostgreSQL look IDs up in a hash; it would underestimate a join. */
    private static String state(State state) {
        return switch (state) {
            case PRESENT -> "and not client.removed";
            case ACKNOWLEDGED ->
                "and not client.removed and (client.client_id in " + ACKNOWLEDGED_EVERYWHERE + ") is true";
            case WAITING -> "and not client.removed and client.client_id not in " + ACKNOWLEDGED_EVERYWHERE
                    + " and client.client_id not in " + PARKED_SOMEWHERE;
            case PARKED -> "and client.client_id in " + PARKED_SOMEWHERE;
            case REMOVED -> "and client.removed";
            case ANY -> "";
        };
    }

    static StatementSpec bind(StatementSpec statement, Workflow workflow, ClientFilter filter) {
        return statement.param("workflow", workflow.name())
                .param("servers", workflow.servers().stream().map(AcmpServer::id).toArray(String[]::new))
                .param("hiddenUsersOf", workflow.personalData().hiddenUsersOf().toArray(String[]::new))
                .param("system", filter.operatingSystem(), Types.VARCHAR)
                .param("type", filter.clientType(), Types.VARCHAR)
                .param("compliance", filter.compliance(), Types.VARCHAR)
                .param("ownership", filter.ownership(), Types.VARCHAR)
                .param("since", Parameters.timestamp(filter.lastSyncSince()))
                .param("before", Parameters.timestamp(filter.lastSyncBefore()))
                .param("search", pattern(filter.search()), Types.VARCHAR);
    }

    private static @Nullable String pattern(@Nullable String part) {
        return part == null ? null : "%" + part.replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }
}
