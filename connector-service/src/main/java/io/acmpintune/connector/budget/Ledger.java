package io.acmpintune.connector.budget;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The table {@code request_budget}: reads, decides by {@link Bucket} and writes while the rows are locked. All time is the
 * database's, so the replicas' clocks do not matter.
 */
final class Ledger {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final UUID tenant;
    private final UUID client;
    private final Map<Kind, Flow> flows;

    Ledger(JdbcClient jdbc, TransactionOperations transactions, UUID tenant, UUID client, Map<Kind, Flow> flows) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.tenant = tenant;
        this.client = client;
        this.flows = new EnumMap<>(flows);
    }

    /** What became of the wish to ask. */
    sealed interface Entry {
        /**
         * There is a place in line.
         *
         * @param tickets by kind
         * @param pause after which to look again; zero = go
         */
        record Reserved(Map<Kind, Long> tickets, Duration pause) implements Entry {
            public Reserved {
                tickets = Map.copyOf(tickets);
            }
        }

        /** Intune wants nobody to ask. No place is given meanwhile; who has one may keep it. */
        record Closed(Duration left) implements Entry {}
    }

    private record Row(Kind kind, Bucket bucket, Instant now) {}

    Entry reserve(Spend spend) {
        Map<Kind, Integer> numbers = numbers(spend);
        return decide((buckets, now) -> {
            Duration closed = closed(buckets, numbers.keySet(), now);
            if (closed.isPositive()) {
                return new Entry.Closed(closed);
            }
            Map<Kind, Long> tickets = new EnumMap<>(Kind.class);
            numbers.forEach((kind, number) -> {
                Bucket taken = bucket(buckets, kind).reserve(number);
                buckets.put(kind, taken);
                tickets.put(kind, taken.reserved());
            });
            return new Entry.Reserved(tickets, pause(buckets, tickets, now));
        });
    }

    /** How the holder of the tickets stands. */
    Entry look(Map<Kind, Long> tickets) {
        return decide((buckets, now) -> {
            Duration closed = closed(buckets, tickets.keySet(), now);
            return closed.isPositive()
                    ? new Entry.Closed(closed)
                    : new Entry.Reserved(tickets, pause(buckets, tickets, now));
        });
    }

    void throttled(Kind kind, Duration retryAfter) {
        decide((buckets, now) -> {
            Bucket slowed = bucket(buckets, kind).throttled(retryAfter, now);
            buckets.put(kind, slowed);
            return slowed;
        });
    }

    private static Duration closed(Map<Kind, Bucket> buckets, Set<Kind> kinds, Instant now) {
        return kinds.stream()
                .map(kind -> Duration.between(now, bucket(buckets, kind).closedUntil()))
                .reduce(Duration.ZERO, Ledger::longer);
    }

    private Duration pause(Map<Kind, Bucket> buckets, Map<Kind, Long> tickets, Instant now) {
        return tickets.entrySet()
                .stream()
                .map(ticket -> bucket(buckets, ticket.getKey()).until(ticket.getValue(), now, flow(ticket.getKey())))
                .reduce(Duration.ZERO, Ledger::longer);
    }

    private <T> T decide(BiFunction<Map<Kind, Bucket>, Instant, T> decision) {
        return transactions.execute(_ -> {
            List<Row> rows = locked();
            if (rows.size() < Kind.values().length) {
                open();
                rows = locked();
            }
            Instant now = rows.getFirst().now();
            Map<Kind, Bucket> before = new EnumMap<>(Kind.class);
            Map<Kind, Bucket> after = new EnumMap<>(Kind.class);
            for (Row row : rows) {
                before.put(row.kind(), row.bucket());
                after.put(row.kind(), row.bucket().at(now, flow(row.kind())));
            }
            T result = decision.apply(after, now);
            after.forEach((kind, bucket) -> {
                if (!bucket.equals(before.get(kind))) {
                    write(kind, bucket);
                }
            });
            return result;
        });
    }

    /** Both rows in one order for everybody; the time is taken once they are locked. */
    private List<Row> locked() {
        return jdbc.sql("""
                with locked as materialized (
                    select * from request_budget where tenant = :tenant and client = :client order by kind for update)
                select *, clock_timestamp() as now from locked order by kind
                """).param("tenant", tenant).param("client", client).query(Ledger::row).list();
    }

    private void open() {
        flows.forEach((kind, flow) -> jdbc.sql("""
                insert into request_budget (tenant, client, kind, released, refilled_at, steady_since)
                values (:tenant, :client, :kind, :burst, clock_timestamp(), clock_timestamp())
                on conflict do nothing
                """)
                .param("tenant", tenant)
                .param("client", client)
                .param("kind", kind.name())
                .param("burst", flow.burst())
                .update());
    }

    private void write(Kind kind, Bucket bucket) {
        jdbc.sql("""
                update request_budget set reserved = :reserved, released = :released, pace = :pace,
                    refilled_at = :refilled, slowed_at = :slowed, steady_since = :steady, closed_until = :closed
                where tenant = :tenant and client = :client and kind = :kind
                """)
                .param("reserved", bucket.reserved())
                .param("released", bucket.released())
                .param("pace", bucket.pace())
                .param("refilled", Timestamp.from(bucket.refilledAt()))
                .param("slowed", Timestamp.from(bucket.slowedAt()))
                .param("steady", Timestamp.from(bucket.steadySince()))
                .param("closed", Timestamp.from(bucket.closedUntil()))
                .param("tenant", tenant)
                .param("client", client)
                .param("kind", kind.name())
                .update();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(Kind.valueOf(row.getString("kind")),
                new Bucket(row.getLong("reserved"), row.getDouble("released"), row.getDouble("pace"),
                        instant(row, "refilled_at"), instant(row, "slowed_at"), instant(row, "steady_since"),
                        instant(row, "closed_until")),
                instant(row, "now"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static Map<Kind, Integer> numbers(Spend spend) {
        return spend.writes() == 0
                ? Map.of(Kind.REQUESTS, spend.requests())
                : Map.of(Kind.WRITES, spend.writes(), Kind.REQUESTS, spend.requests());
    }

    private static Bucket bucket(Map<Kind, Bucket> buckets, Kind kind) {
        Bucket bucket = buckets.get(kind);
        if (bucket == null) {
            throw new IllegalStateException("the budget has no " + kind);
        }
        return bucket;
    }

    private Flow flow(Kind kind) {
        Flow flow = flows.get(kind);
        if (flow == null) {
            throw new IllegalStateException("no limit is known for " + kind);
        }
        return flow;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
