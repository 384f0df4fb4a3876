package io.acmpintune.connector.budget;

import java.sql.ResultSet;
import java.sql.SQLException;
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

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/**
 * The table {@code request_budget}: reads, decides by {@link TokenBucket} and writes while the rows are locked. All time is the
 * database's, so the replicas' clocks do not matter.
 */
final class BudgetRepository {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final UUID tenant;
    private final UUID client;
    private final Map<Quota, RateLimit> flows;

    BudgetRepository(JdbcClient jdbc, TransactionOperations transactions, UUID tenant, UUID client,
            Map<Quota, RateLimit> flows) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.tenant = tenant;
        this.client = client;
        this.flows = new EnumMap<>(flows);
    }

    /** What became of the wish to ask. */
    sealed interface Reservation {
        /**
         * There is a place in line.
         *
         * @param tickets by kind
         * @param pause after which to look again; zero = go
         */
        record Queued(Map<Quota, Long> tickets, Duration pause) implements Reservation {
            public Queued {
                tickets = Map.copyOf(tickets);
            }
        }

        /** Intune wants nobody to ask. No place is given meanwhile; who has one may keep it. */
        record Blocked(Duration left) implements Reservation {}
    }

    private record Row(Quota kind, TokenBucket bucket, Instant now) {}

    Reservation reserve(RequestCost spend) {
        Map<Quota, Integer> numbers = numbers(spend);
        return decide((buckets, now) -> {
            Duration closed = closed(buckets, numbers.keySet(), now);
            if (closed.isPositive()) {
                return new Reservation.Blocked(closed);
            }
            Map<Quota, Long> tickets = new EnumMap<>(Quota.class);
            numbers.forEach((kind, number) -> {
                TokenBucket taken = bucket(buckets, kind).reserve(number);
                buckets.put(kind, taken);
                tickets.put(kind, taken.reserved());
            });
            return new Reservation.Queued(tickets, pause(buckets, tickets, now));
        });
    }

    /** How the holder of the tickets stands. */
    Reservation look(Map<Quota, Long> tickets) {
        return decide((buckets, now) -> {
            Duration closed = closed(buckets, tickets.keySet(), now);
            return closed.isPositive()
                    ? new Reservation.Blocked(closed)
                    : new Reservation.Queued(tickets, pause(buckets, tickets, now));
        });
    }

    void throttled(Quota kind, Duration retryAfter) {
        decide((buckets, now) -> {
            TokenBucket slowed = bucket(buckets, kind).throttled(retryAfter, now);
            buckets.put(kind, slowed);
            return slowed;
        });
    }

    private static Duration closed(Map<Quota, TokenBucket> buckets, Set<Quota> kinds, Instant now) {
        return kinds.stream()
                .map(kind -> Duration.between(now, bucket(buckets, kind).closedUntil()))
                .reduce(Duration.ZERO, BudgetRepository::longer);
    }

    private Duration pause(Map<Quota, TokenBucket> buckets, Map<Quota, Long> tickets, Instant now) {
        return tickets.entrySet()
                .stream()
                .map(ticket -> bucket(buckets, ticket.getKey()).until(ticket.getValue(), now, flow(ticket.getKey())))
                .reduce(Duration.ZERO, BudgetRepository::longer);
    }

    private <T> T decide(BiFunction<Map<Quota, TokenBucket>, Instant, T> decision) {
        return transactions.execute(_ -> {
            List<Row> rows = locked();
            if (rows.size() < Quota.values().length) {
                open();
                rows = locked();
            }
            Instant now = rows.getFirst().now();
            Map<Quota, TokenBucket> before = new EnumMap<>(Quota.class);
            Map<Quota, TokenBucket> after = new EnumMap<>(Quota.class);
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
                """).param("tenant", tenant).param("client", client).query(BudgetRepository::row).list();
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

    private void write(Quota kind, TokenBucket bucket) {
        jdbc.sql("""
                update request_budget set reserved = :reserved, released = :released, pace = :pace,
                    refilled_at = :refilled, slowed_at = :slowed, steady_since = :steady, closed_until = :closed
                where tenant = :tenant and client = :client and kind = :kind
                """)
                .param("reserved", bucket.reserved())
                .param("released", bucket.released())
                .param("pace", bucket.pace())
                .param("refilled", timestamp(bucket.refilledAt()))
                .param("slowed", timestamp(bucket.slowedAt()))
                .param("steady", timestamp(bucket.steadySince()))
                .param("closed", timestamp(bucket.closedUntil()))
                .param("tenant", tenant)
                .param("client", client)
                .param("kind", kind.name())
                .update();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(Quota.valueOf(row.getString("kind")),
                new TokenBucket(row.getLong("reserved"), row.getDouble("released"), row.getDouble("pace"),
                        instant(row, "refilled_at"), instant(row, "slowed_at"), instant(row, "steady_since"),
                        instant(row, "closed_until")),
                instant(row, "now"));
    }

    private static Map<Quota, Integer> numbers(RequestCost spend) {
        return spend.writes() == 0
                ? Map.of(Quota.REQUESTS, spend.requests())
                : Map.of(Quota.WRITES, spend.writes(), Quota.REQUESTS, spend.requests());
    }

    private static TokenBucket bucket(Map<Quota, TokenBucket> buckets, Quota kind) {
        TokenBucket bucket = buckets.get(kind);
        if (bucket == null) {
            throw new IllegalStateException("the budget has no " + kind);
        }
        return bucket;
    }

    private RateLimit flow(Quota kind) {
        RateLimit flow = flows.get(kind);
        if (flow == null) {
            throw new IllegalStateException("no limit is known for " + kind);
        }
        return flow;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
