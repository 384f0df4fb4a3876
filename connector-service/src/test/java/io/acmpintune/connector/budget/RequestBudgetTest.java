package io.acmpintune.connector.budget;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

import io.acmpintune.connector.fixture.ConnectorDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/** One budget in a real PostgreSQL, used by several replicas at once. */
class RequestBudgetTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID CLIENT = UUID.randomUUID();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ConnectorDatabase database = ConnectorDatabase.empty();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** 10 requests at once, then 50 a second: 60 take a second, by however many replicas they are sent. */
    @Test
    @Timeout(60)
    void replicasShareOneBudget() throws InterruptedException, ExecutionException {
        List<RequestBudget> replicas = List.of(budget(10, 50), budget(10, 50), budget(10, 50));
        long begin = System.nanoTime();
        List<Future<Permit>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 60; i++) {
                RequestBudget replica = replicas.get(i % replicas.size());
                calls.add(threads.submit(() -> replica.await(RequestCost.reads(1), PATIENCE)));
            }
            for (Future<Permit> call : calls) {
                assertThat(call.get()).isEqualTo(new Permit.Granted());
            }
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(released(Quota.REQUESTS)).isGreaterThanOrEqualTo(60);
        assertThat(reserved(Quota.REQUESTS)).isEqualTo(60);
    }

    @Test
    void actionsCostBothAndReadsOnlyRequests() {
        RequestBudget budget = budget(100, 50);
        budget.await(RequestCost.actions(20), PATIENCE);
        budget.await(RequestCost.reads(3), PATIENCE);

        assertThat(reserved(Quota.WRITES)).isEqualTo(20);
        assertThat(reserved(Quota.REQUESTS)).isEqualTo(23);
    }

    @Test
    @Timeout(30)
    void readsDoNotWaitForWrites() {
        RequestBudget budget = budget(100, 0.01);
        budget.await(RequestCost.actions(100), PATIENCE);
        budget.throttled(Quota.WRITES, Duration.ofHours(1));

        assertThat(budget(1_000, 50).await(RequestCost.reads(1), PATIENCE)).isEqualTo(new Permit.Granted());
        assertThat(budget.await(RequestCost.actions(1), PATIENCE)).isInstanceOf(Permit.Blocked.class);
    }

    @Test
    @Timeout(30)
    void aRetryAfterClosesItForEveryReplica() {
        RequestBudget one = budget(100, 50);
        RequestBudget other = budget(100, 50);
        one.throttled(Quota.REQUESTS, Duration.ofHours(1));

        assertThat(other.await(RequestCost.reads(1), PATIENCE)).isInstanceOfSatisfying(Permit.Blocked.class,
                closed -> assertThat(closed.remaining()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1)));
        assertThat(other.await(RequestCost.actions(1), PATIENCE)).as("an action is a request too")
                .isInstanceOf(Permit.Blocked.class);
        assertThat(reserved(Quota.REQUESTS)).as("nobody stands in line before a closed door").isZero();
    }

    @Test
    @Timeout(30)
    void aShortRetryAfterIsWaitedFor() {
        RequestBudget budget = budget(100, 50);
        budget.throttled(Quota.REQUESTS, Duration.ofMillis(700));
        long begin = System.nanoTime();

        assertThat(budget.await(RequestCost.reads(1), PATIENCE)).isEqualTo(new Permit.Granted());
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(500));
    }

    @Test
    void aThrottleSlowsEveryReplicaDown() {
        budget(100, 50).throttled(Quota.WRITES, Duration.ZERO);

        assertThat(database.jdbc()
                .sql("select pace from request_budget where quota = 'WRITES'")
                .query(Double.class)
                .single())
                .isEqualTo(0.5);
        assertThat(database.jdbc()
                .sql("select pace from request_budget where quota = 'REQUESTS'")
                .query(Double.class)
                .single())
                .isEqualTo(1);
    }

    @Test
    @Timeout(30)
    void aWaitEndsAtOnceWhenTheServiceStops() throws InterruptedException {
        RequestBudget budget = budget(1, 0.01);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread waiting = Thread.startVirtualThread(
                () -> ended.complete(catchThrowable(() -> budget.await(RequestCost.reads(5), PATIENCE))));
        untilReserved(5);

        stopped.countDown();
        assertThat(waiting.join(Duration.ofSeconds(2))).isTrue();
        assertThat(ended.join()).isInstanceOf(CancellationException.class);
    }

    @Test
    @Timeout(30)
    void waitingCallersAreBlockedWhenTheBudgetClosesForLong() {
        RequestBudget budget = budget(1, 0.2);
        CompletableFuture<Permit> waiting = CompletableFuture
                .supplyAsync(() -> budget.await(RequestCost.reads(3), PATIENCE));
        untilReserved(3);

        budget.throttled(Quota.REQUESTS, Duration.ofHours(1));

        assertThat(waiting.join()).isInstanceOf(Permit.Blocked.class);
    }

    @Test
    @Timeout(30)
    void anInterruptEndsAWaitAndIsKept() {
        RequestBudget budget = budget(1, 0.01);

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> budget.await(RequestCost.reads(5), PATIENCE));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void waitingWithinATransactionIsRejected() {
        RequestBudget budget = budget(100, 50);

        assertThatIllegalStateException().isThrownBy(
                () -> database.transactions().execute(_ -> budget.await(RequestCost.reads(1), PATIENCE)));
    }

    @Test
    void withoutTheDatabaseNothingIsSentAndThrottlingIsNotAFailure() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none");
        RequestBudget blind = new RequestBudget("test", new BudgetRepository(JdbcClient.create(nowhere),
                new TransactionTemplate(new JdbcTransactionManager(nowhere)), TENANT, CLIENT, flows(100, 50)), stopped);

        assertThat(catchThrowable(() -> blind.await(RequestCost.reads(1), PATIENCE)))
                .isInstanceOfAny(DataAccessException.class, TransactionException.class);
        assertThat(catchThrowable(() -> blind.throttled(Quota.WRITES, Duration.ZERO))).isNull();
    }

    /** Neither deadlocks nor lost updates, whoever comes with what. */
    @Test
    @Timeout(60)
    void manyReplicasAtOnceLoseNothing() {
        List<RequestBudget> replicas = IntStream.range(0, 4).mapToObj(_ -> budget(100_000, 50_000)).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (RequestBudget replica : replicas) {
                threads.execute(() -> {
                    for (int i = 0; i < 50; i++) {
                        replica.await(i % 2 == 0 ? RequestCost.actions(20) : RequestCost.reads(1), PATIENCE);
                    }
                });
            }
        }

        assertThat(reserved(Quota.WRITES)).isEqualTo(4 * 25 * 20);
        assertThat(reserved(Quota.REQUESTS)).isEqualTo(4 * 25 * 21);
    }

    private void untilReserved(long number) {
        while (reserved(Quota.REQUESTS) < number) {
            Thread.onSpinWait();
        }
    }

    private long reserved(Quota quota) {
        return column("reserved", quota);
    }

    private long released(Quota quota) {
        return column("released", quota);
    }

    private long column(String name, Quota quota) {
        return database.jdbc()
                .sql("select coalesce(max(" + name + "), 0)::bigint from request_budget where quota = :quota")
                .param("quota", quota.name())
                .query(Long.class)
                .single();
    }

    /** One more replica. */
    private RequestBudget budget(int burst, double perSecond) {
        return new RequestBudget("test", new BudgetRepository(database.jdbc(), database.transactions(), TENANT, CLIENT,
                flows(burst, perSecond)), stopped);
    }

    private static Map<Quota, RateLimit> flows(int burst, double perSecond) {
        Map<Quota, RateLimit> flows = new EnumMap<>(Quota.class);
        for (Quota quota : Quota.values()) {
            flows.put(quota, new RateLimit(burst, perSecond));
        }
        return flows;
    }
}
