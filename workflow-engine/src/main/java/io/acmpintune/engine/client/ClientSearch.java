package io.acmpintune.engine.client;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Columns.texts;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/**
 * Finds clients for somebody who waits. What is searched, sorted and counted stands in narrow indexes ({@code client_list},
 * {@code device_list}); the wide rows are read for one page only. So a page costs much the same wherever it is, and counts are
 * exact.
 */
@Component
public class ClientSearch {

    /** What a server knows, from the prints; the client record of a client that it had before us is not ours to write. */
    private static final String ACKNOWLEDGED = """
            (ack.origin = 'LINKED' or ack.client_fingerprint = client.client_fingerprint)
                and ack.device_fingerprint = client.device_fingerprint""";
    private static final String PARKED = """
            ack.parked_client = client.client_fingerprint and ack.parked_device = client.device_fingerprint""";
    /** The clients of which every server knows all, found in indexes alone. */
    private static final String KNOWN_EVERYWHERE = """
            (select ack.client_id from acknowledgement ack join client
                on client.workflow = ack.workflow and client.client_id = ack.client_id
            where ack.workflow = :workflow and ack.acmp_server = any(:servers) and %s
            group by ack.client_id having count(*) = cardinality(:servers))""".formatted(ACKNOWLEDGED);
    /** The clients that some server refuses; there is an index of the few that one ever has. */
    private static final String REFUSED = """
            (select ack.client_id from acknowledgement ack join client
                on client.workflow = ack.workflow and client.client_id = ack.client_id
            where ack.workflow = :workflow and ack.acmp_server = any(:servers) and ack.parked_reason is not null
                and %s)""".formatted(PARKED);
    private static final String DEVICE = """
            left join device on device.workflow = client.workflow and device.client_id = client.client_id
            """;
    private static final String FITS = """
            where client.workflow = :workflow
                and (:system::text is null or client.operating_system = :system)
                and (:type::text is null or client.client_type = :type)
                and (:compliance::text is null or coalesce(client.compliance, 'unknown') = :compliance)
                and (:owner::text is null or coalesce(client.owner, 'unknown') = :owner)
                and (:since::timestamptz is null or client.last_sync >= :since)
                and (:before::timestamptz is null or client.last_sync < :before)
                and (:search::text is null or lower(client.name) like :search
                    or client.client_id in (select found.client_id from device found
                        where found.workflow = :workflow and found.client_id is not null
                            and lower(found.serial_number) like :search)
                    or ((:personal or client.owner is distinct from 'personal')
                        and client.client_id in (select found.client_id from device found
                            where found.workflow = :workflow and found.client_id is not null
                                and lower(found.user_name) like :search)))
            """;
    private final JdbcClient jdbc;

    ClientSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Whose clients are searched.
     *
     * @param servers all ACMP servers of the workflow
     * @param personalUsers whether the users of personally owned devices may be known, and so be searched and sorted by
     */
    public record Scope(String workflow, List<String> servers, boolean personalUsers) {
        public Scope {
            servers = List.copyOf(servers);
        }
    }

    /** What a list can be sorted by. */
    public enum SortKey {
        NAME("lower(client.name)"),
        TYPE("client.client_type"),
        USER("case when :personal or client.owner is distinct from 'personal' then lower(device.user_name) end"),
        COMPLIANCE("client.compliance"),
        OWNER("client.owner"),
        CONTACT("client.last_sync");

        private final String sql;

        SortKey(String sql) {
            this.sql = sql;
        }
    }

    /** An order; clients that are equal in it are in the order of their ids. */
    public record Order(SortKey key, boolean descending) {}

    /**
     * A client in a list.
     *
     * @param acknowledged ACMP servers that know all of it as it is now
     * @param parked why servers refuse it as it is; null = none does
     */
    public record Row(UUID clientId, @Nullable String name, @Nullable String operatingSystem,
            @Nullable String clientType, @Nullable String compliance, @Nullable String owner,
            @Nullable Instant lastSync, boolean removed, @Nullable String serialNumber, @Nullable String userName,
            List<String> acknowledged, @Nullable String parked) {
        public Row {
            acknowledged = List.copyOf(acknowledged);
        }
    }

    /**
     * A page of what was found.
     *
     * @param total all that fit the filter
     */
    public record Page(List<Row> rows, int total) {
        public Page {
            rows = List.copyOf(rows);
        }
    }

    /** So many clients whose device is in Intune are alike in these. */
    public record Facet(@Nullable String operatingSystem, @Nullable String clientType, String compliance, String owner,
            int count) {}

    public Page page(Scope scope, ClientFilter filter, Order order, int offset, int limit) {
        String sql = found(filter, order.key().sql) + page(order);
        List<Row> rows = new ArrayList<>();
        int[] total = new int[1];
        filtered(jdbc.sql(sql), scope, filter).param("offset", offset).param("limit", limit).query(row -> {
            total[0] = row.getInt("count");
            if (row.getObject("client_id") != null) {
                rows.add(row(row));
            }
        });
        return new Page(rows, total[0]);
    }

    public int count(Scope scope, ClientFilter filter) {
        return filtered(jdbc.sql(found(filter, "1") + "select count(*) from found"), scope, filter)
                .query(Integer.class)
                .single();
    }

    /** The ids of all that fit, at most so many, in their order. */
    public List<UUID> ids(Scope scope, ClientFilter filter, int limit) {
        return filtered(jdbc.sql(found(filter, "1") + "select client_id from found order by client_id limit :limit"),
                scope, filter).param("limit", limit).query((row, _) -> row.getObject("client_id", UUID.class)).list();
    }

    /** How many clients there are of each platform, compliance and ownership. */
    public List<Facet> facets(String workflow) {
        return jdbc.sql("""
                select operating_system, client_type, coalesce(compliance, 'unknown') as compliance,
                    coalesce(owner, 'unknown') as owner, count(*) as count
                from client where workflow = :workflow and not removed
                group by 1, 2, 3, 4 order by 5 desc, 1, 2, 3, 4
                """)
                .param("workflow", workflow)
                .query((row, _) -> new Facet(row.getString("operating_system"), row.getString("client_type"),
                        row.getString("compliance"), row.getString("owner"), row.getInt("count")))
                .list();
    }

    /** What is in a set is looked up in a hash of it, which {@code is true} makes sure of: a join is guessed to be small, and slow. */
    private static String found(ClientFilter filter, String key) {
        String state = switch (filter.state()) {
            case PRESENT -> "and not client.removed";
            case ACKNOWLEDGED -> "and not client.removed and (client.client_id in " + KNOWN_EVERYWHERE + ") is true";
            case WAITING -> "and not client.removed and client.client_id not in " + KNOWN_EVERYWHERE
                    + " and client.client_id not in " + REFUSED;
            case PARKED -> "and client.client_id in " + REFUSED;
            case REMOVED -> "and client.removed";
            case ANY -> "";
        };
        return "with found as materialized (select client.client_id, " + key + " as key from client "
                + (key.contains("device.") ? DEVICE : "") + FITS + state + ")\n";
    }

    private static String page(Order order) {
        return """
                , page as (select * from found order by key %1$s nulls last, client_id limit :limit offset :offset)
                select total.count, page.client_id, client.name, client.operating_system, client.client_type,
                    client.compliance, client.owner, client.last_sync, client.removed, device.serial_number,
                    device.user_name, servers.acknowledged, servers.parked
                from (select count(*) from found) total
                left join page on true
                left join client on client.workflow = :workflow and client.client_id = page.client_id
                left join device on device.workflow = :workflow and device.client_id = page.client_id
                left join lateral (
                    select array_agg(ack.acmp_server order by ack.acmp_server) filter (where %2$s) as acknowledged,
                        string_agg(ack.acmp_server || ': ' || ack.parked_reason, ' ' order by ack.acmp_server)
                            filter (where %3$s) as parked
                    from acknowledgement ack
                    where ack.workflow = :workflow and ack.client_id = page.client_id) servers on true
                order by page.key %1$s nulls last, page.client_id
                """.formatted(order.descending() ? "desc" : "asc", ACKNOWLEDGED, PARKED);
    }

    private static StatementSpec filtered(StatementSpec statement, Scope scope, ClientFilter filter) {
        return statement.param("workflow", scope.workflow())
                .param("servers", scope.servers().toArray(String[]::new))
                .param("personal", scope.personalUsers())
                .param("system", filter.operatingSystem(), Types.VARCHAR)
                .param("type", filter.clientType(), Types.VARCHAR)
                .param("compliance", filter.compliance(), Types.VARCHAR)
                .param("owner", filter.owner(), Types.VARCHAR)
                .param("since", timestamp(filter.contactSince()))
                .param("before", timestamp(filter.contactBefore()))
                .param("search", pattern(filter.search()), Types.VARCHAR);
    }

    private static @Nullable String pattern(@Nullable String part) {
        return part == null ? null : "%" + part.toLowerCase(Locale.ROOT).replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getObject("client_id", UUID.class), row.getString("name"),
                row.getString("operating_system"), row.getString("client_type"), row.getString("compliance"),
                row.getString("owner"), nullableInstant(row, "last_sync"), row.getBoolean("removed"),
                row.getString("serial_number"), row.getString("user_name"), texts(row, "acknowledged"),
                row.getString("parked"));
    }
}
