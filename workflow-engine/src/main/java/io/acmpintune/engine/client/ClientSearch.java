package io.acmpintune.engine.client;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.workflow.PersonalDataPolicy;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.database.Columns;

/**
 * Finds clients. What is filtered, sorted and counted is in narrow indexes ({@code client_list}, {@code device_list}); the wide
 * rows are read for one page only. So all pages cost much the same, and counts are exact.
 */
@Component
public class ClientSearch {

    private static final String DEVICE = """
            left join device on device.workflow = client.workflow and device.client_id = client.client_id
            """;
    private static final String ROW = """
            client.client_id, client.device, client.name, client.operating_system, client.client_type, client.compliance,
            client.ownership, client.last_sync, client.removed, device.serial_number, device.user_name,
            servers.acknowledged, servers.parked
            """;
    private static final String SERVERS = """
            left join lateral (
                select array_agg(acmp_server order by acmp_server) filter (where state.acknowledged) as acknowledged,
                    string_agg(acmp_server || ': ' || parked_reason, ' ' order by acmp_server)
                        filter (where state.parked) as parked
                from acknowledgement_state state
                where state.workflow = client.workflow and state.client_id = client.client_id) servers on true
            """;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final JdbcClient jdbc;

    ClientSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A column that a list can be sorted by. */
    public enum SortKey {
        NAME("lower(client.name)"),
        TYPE("client.client_type"),
        USER("case when " + FilterSql.USER_VISIBLE + " then lower(device.user_name) end"),
        COMPLIANCE("client.compliance"),
        OWNERSHIP("client.ownership"),
        CONTACT("client.last_sync");

        private final String sql;

        SortKey(String sql) {
            this.sql = sql;
        }
    }

    /** An order; clients that are equal in it are in the order of their IDs. */
    public record Order(SortKey key, boolean descending) {}

    /**
     * A client in a list.
     *
     * @param device the device that the client is, or was last
     * @param userName the user principal name; null = Intune reports none, or it is hidden
     * @param userHidden whether the user must not be shown
     * @param acknowledged ACMP servers that have the current records
     * @param parked why servers refused the current records; null = none did
     */
    public record Row(UUID clientId, String device, @Nullable String name, @Nullable String operatingSystem,
            @Nullable String clientType, @Nullable String compliance, @Nullable String ownership,
            @Nullable Instant lastSync, boolean removed, @Nullable String serialNumber, @Nullable String userName,
            boolean userHidden, List<String> acknowledged, @Nullable String parked) {
        public Row {
            acknowledged = List.copyOf(acknowledged);
        }
    }

    /**
     * A page of the clients found.
     *
     * @param total how many were found
     */
    public record Page(List<Row> rows, int total) {
        public Page {
            rows = List.copyOf(rows);
        }
    }

    /** The number of clients in Intune that share these values. */
    public record Facet(@Nullable String operatingSystem, @Nullable String clientType, String compliance,
            String ownership, int count) {}

    /** Returns a page in any order. */
    public Page page(Workflow workflow, ClientFilter filter, Order order, int offset, int limit) {
        List<Row> rows = new ArrayList<>();
        int[] total = new int[1];
        find(workflow, filter, order.key().sql, """
                , page as (select * from found order by key %1$s nulls last, client_id limit :limit offset :offset)
                select total.count, %2$s
                from (select count(*) from found) total
                left join page on true
                left join client on client.workflow = :workflow and client.client_id = page.client_id
                %3$s %4$s
                order by page.key %1$s nulls last, page.client_id
                """.formatted(order.descending() ? "desc" : "asc", ROW, DEVICE, SERVERS)).param("offset", offset)
                .param("limit", limit)
                .query(row -> {
                    total[0] = row.getInt("count");
                    if (row.getObject("client_id") != null) {
                        rows.add(row(row, workflow.personalData()));
                    }
                });
        return new Page(rows, total[0]);
    }

    /**
     * Returns a page in the order of the clients' IDs.
     *
     * @param after the last client of the page before; null = the first page
     */
    public List<Row> pageAfter(Workflow workflow, ClientFilter filter, @Nullable UUID after, int limit) {
        String sql = """
                with page as (select client.client_id from client
                    where %s and client.client_id > coalesce(:after::uuid, :beforeAll::uuid)
                    order by client.client_id limit :limit)
                select %s
                from page join client on client.workflow = :workflow and client.client_id = page.client_id
                %s %s
                order by page.client_id
                """.formatted(FilterSql.where(filter), ROW, DEVICE, SERVERS);
        return FilterSql.bind(jdbc.sql(sql), workflow, filter)
                .param("after", after, Types.OTHER)
                .param("beforeAll", BEFORE_ALL)
                .param("limit", limit)
                .query((row, _) -> row(row, workflow.personalData()))
                .list();
    }

    public int count(Workflow workflow, ClientFilter filter) {
        return find(workflow, filter, "1", "select count(*) from found").query(Integer.class).single();
    }

    /** Returns the IDs of the first clients in their order. */
    public List<UUID> ids(Workflow workflow, ClientFilter filter, int limit) {
        return find(workflow, filter, "1", "select client_id from found order by client_id limit :limit")
                .param("limit", limit)
                .query((row, _) -> row.getObject("client_id", UUID.class))
                .list();
    }

    /** Counts the clients in Intune by platform, compliance and ownership. */
    public List<Facet> facets(String workflow) {
        return jdbc.sql("""
                select operating_system, client_type, coalesce(compliance, 'unknown') as compliance,
                    coalesce(ownership, 'unknown') as ownership, count(*) as count
                from client where workflow = :workflow and not removed
                group by 1, 2, 3, 4 order by 5 desc, 1, 2, 3, 4
                """)
                .param("workflow", workflow)
                .query((row, _) -> new Facet(row.getString("operating_system"), row.getString("client_type"),
                        row.getString("compliance"), row.getString("ownership"), row.getInt("count")))
                .list();
    }

    private StatementSpec find(Workflow workflow, ClientFilter filter, String key, String select) {
        String found = "with found as materialized (select client.client_id, " + key + " as key from client "
                + (key.contains("device.") ? DEVICE : "") + "where " + FilterSql.where(filter) + ")\n";
        return FilterSql.bind(jdbc.sql(found + select), workflow, filter);
    }

    private static Row row(ResultSet row, PersonalDataPolicy policy) throws SQLException {
        String ownership = row.getString("ownership");
        boolean hidden = policy.hidesUser(ownership);
        return new Row(row.getObject("client_id", UUID.class), row.getString("device"), row.getString("name"),
                row.getString("operating_system"), row.getString("client_type"), row.getString("compliance"),
                ownership, Columns.nullableInstant(row, "last_sync"), row.getBoolean("removed"),
                row.getString("serial_number"), hidden ? null : row.getString("user_name"), hidden,
                Columns.texts(row, "acknowledged"), row.getString("parked"));
    }
}
