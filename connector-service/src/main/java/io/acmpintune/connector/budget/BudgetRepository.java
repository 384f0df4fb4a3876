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
 * Owns the table {@code request_budget}: reads, decides with {@link TokenBucket} and writes while the rows are locked. All times are the
 * database's, so the replicas' clocks do not matter.
 */
final class BudgetRepository {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final UUID tenant;
    private final UUID client;
    private final Map<Quota, RateLimit> rateLimits;

    BudgetRepository(JdbcClient jdbc, TransactionOperations transactions, UUID tenant, UUID client,
            Map<Quota, RateLimit> rateLimits) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.tenant = tenant;
        this.client = client;
        this.rateLimits = new EnumMap<>(rateLimits);
    }

    /** State of a call that wants to be sent. */
    sealed interface Reservation {
        /**
         * The call has a place in the queue.
         *
         * @param tickets by quota
         * @param delay time until the next check; zero = the call may be sent now
         */
        record Queued(Map<Quota, Long> tickets, Duration delay) implements Reservation {
            public Queued {
                tickets = Map.copyOf(tickets);
            }
        }

        /** Intune accepts no requests. No new place is given meanwhile; those already given stay valid. */
        record Blocked(Duration remaining) implements Reservation {}
    }

    private record Row(Quota quota, TokenBucket bucket, Instant now) {}

    Reservation reserve(RequestCost cost) {
        Map<Quota, Integer> counts = counts(cost);
        return decide((buckets, now) -> {
            Duration closed = closed(buckets, counts.keySet(), now);
            if (closed.isPositive()) {
                return new Reservation.Blocked(closed);
            }
            Map<Quota, Long> tickets = new EnumMap<>(Quota.class);
            counts.forEach((quota, count) -> {
                TokenBucket taken = bucket(buckets, quota).reserve(count);
                buckets.put(quota, taken);
                tickets.put(quota, taken.reserved());
            });
            return new Reservation.Queued(tickets, wait(buckets, tickets, now));
        });
    }

    /** Returns the present state of a call that has a place in the queue. */
    Reservation check(Map<Quota, Long> tickets) {
        return decide((buckets, now) -> {
            Duration closed = closed(buckets, tickets.keySet(), now);
            return closed.isPositive()
                    ? new Reservation.Blocked(closed)
                    : new Reservation.Queued(tickets, wait(buckets, tickets, now));
        });
    }

    void throttled(Quota quota, Duration retryAfter) {
        decide((buckets, now) -> {
            TokenBucket slowed = bucket(buckets, quota).throttled(retryAfter, now);
            buckets.put(quota, slowed);
            return slowed;
        });
    }

    private static Duration closed(Map<Quota, TokenBucket> buckets, Set<Quota> quotas, Instant now) {
        return quotas.stream()
                .map(quota -> Duration.between(now, bucket(buckets, quota).closedUntil()))
                .reduce(Duration.ZERO, BudgetRepository::longer);
    }

    private Duration wait(Map<Quota, TokenBucket> buckets, Map<Quota, Long> tickets, Instant now) {
        return tickets.entrySet()
                .stream()
                .map(ticket -> bucket(buckets, ticket.getKey()).waitFor(ticket.getValue(), now,
                        rateLimit(ticket.getKey())))
                .reduce(Duration.ZERO, BudgetRepository::longer);
    }

    private <T> T decide(BiFunction<Map<Quota, TokenBucket>, Instant, T> decision) {
        return transactions.execute(_ -> {
            List<Row> rows = locked();
            if (rows.size() < Quota.values().length) {
                insert();
                rows = locked();
            }
            Instant now = rows.getFirst().now();
            Map<Quota, TokenBucket> before = new EnumMap<>(Quota.class);
            Map<Quota, TokenBucket> after = new EnumMap<>(Quota.class);
            for (Row row : rows) {
                before.put(row.quota(), row.bucket());
                after.put(row.quota(), row.bucket().at(now, rateLimit(row.quota())));
            }
            T result = decision.apply(after, now);
            after.forEach((quota, bucket) -> {
                if (!bucket.equals(before.get(quota))) {
                    write(quota, bucket);
                }
            });
            return result;
        });
    }

    /** Locks both rows, always in the same order. The time is read after they are locked. */
    private List<Row> locked() {
        return jdbc.sql("""
                with locked as materialized (
                    select * from request_budget where tenant = :tenant and client = :client order by quota for update)
                select *, clock_timestamp() as now from locked order by quota
                """).param("tenant", tenant).param("client", client).query(BudgetRepository::row).list();
    }

    private void insert() {
        rateLimits.forEach((quota, rateLimit) -> jdbc.sql("""
                insert into request_budget (tenant, client, quota, released, refilled_at, steady_since)
                values (:tenant, :client, :quota, :burst, clock_timestamp(), clock_timestamp())
                on conflict do nothing
                """)
                .param("tenant", tenant)
                .param("client", client)
                .param("quota", quota.name())
                .param("burst", rateLimit.burst())
                .update());
    }

    private void write(Quota quota, TokenBucket bucket) {
        jdbc.sql("""
                update request_budget set reserved = :reserved, released = :released, pace = :pace,
                    refilled_at = :refilled, slowed_at = :slowed, steady_since = :steady, closed_until = :closed
                where tenant = :tenant and client = :client and quota = :quota
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
                .param("quota", quota.name())
                .update();
    }

    private static Row row(ResultSet row, int count) throws SQLException {
        return new Row(Quota.valueOf(row.getString("quota")),
                new TokenBucket(row.getLong("reserved"), row.getDouble("released"), row.getDouble("pace"),
                        instant(row, "refilled_at"), instant(row, "slowed_at"), instant(row, "steady_since"),
                        instant(row, "closed_until")),
                instant(row, "now"));
    }

    private static Map<Quota, Integer> counts(RequestCost cost) {
        return cost.writes() == 0
                ? Map.of(Quota.REQUESTS, cost.requests())
                : Map.of(Quota.WRITES, cost.writes(), Quota.REQUESTS, cost.requests());
    }

    private static TokenBucket bucket(Map<Quota, TokenBucket> buckets, Quota quota) {
        TokenBucket bucket = buckets.get(quota);
        if (bucket == null) {
            throw new IllegalStateException("no bucket for " + quota);
        }
        return bucket;
    }

    private RateLimit rateLimit(Quota quota) {
        RateLimit rateLimit = rateLimits.get(quota);
        if (rateLimit == null) {
            throw new IllegalStateException("no rate limit for " + quota);
        }
        return rateLimit;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
