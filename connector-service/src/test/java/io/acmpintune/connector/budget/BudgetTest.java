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
class BudgetTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID CLIENT = UUID.randomUUID();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ConnectorDatabase database = ConnectorDatabase.empty();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** 10 requests at once, then 50 a second: 60 take a second, by however many replicas they are sent. */
    @Test
    @Timeout(60)
    void replicasShareOneBudget() throws InterruptedException, ExecutionException {
        List<Budget> replicas = List.of(budget(10, 50), budget(10, 50), budget(10, 50));
        long begin = System.nanoTime();
        List<Future<Room>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 60; i++) {
                Budget replica = replicas.get(i % replicas.size());
                calls.add(threads.submit(() -> replica.await(Spend.reads(1), PATIENCE)));
            }
            for (Future<Room> call : calls) {
                assertThat(call.get()).isEqualTo(new Room.Made());
            }
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(8));
        assertThat(released(Kind.REQUESTS)).isGreaterThanOrEqualTo(60);
        assertThat(reserved(Kind.REQUESTS)).isEqualTo(60);
    }

    @Test
    void actionsCostBothAndReadsOnlyRequests() {
        Budget budget = budget(100, 50);
        budget.await(Spend.actions(20), PATIENCE);
        budget.await(Spend.reads(3), PATIENCE);

        assertThat(reserved(Kind.WRITES)).isEqualTo(20);
        assertThat(reserved(Kind.REQUESTS)).isEqualTo(23);
    }

    @Test
    @Timeout(30)
    void readsDoNotWaitForWrites() {
        Budget budget = budget(100, 0.01);
        budget.await(Spend.actions(100), PATIENCE);
        budget.throttled(Kind.WRITES, Duration.ofHours(1));

        assertThat(budget(1_000, 50).await(Spend.reads(1), PATIENCE)).isEqualTo(new Room.Made());
        assertThat(budget.await(Spend.actions(1), PATIENCE)).isInstanceOf(Room.Closed.class);
    }

    @Test
    @Timeout(30)
    void aRetryAfterClosesItForEveryReplica() {
        Budget one = budget(100, 50);
        Budget other = budget(100, 50);
        one.throttled(Kind.REQUESTS, Duration.ofHours(1));

        assertThat(other.await(Spend.reads(1), PATIENCE)).isInstanceOfSatisfying(Room.Closed.class,
                closed -> assertThat(closed.left()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1)));
        assertThat(other.await(Spend.actions(1), PATIENCE)).as("an action is a request too")
                .isInstanceOf(Room.Closed.class);
        assertThat(reserved(Kind.REQUESTS)).as("nobody stands in line before a closed door").isZero();
    }

    @Test
    @Timeout(30)
    void aShortRetryAfterIsWaitedFor() {
        Budget budget = budget(100, 50);
        budget.throttled(Kind.REQUESTS, Duration.ofMillis(700));
        long begin = System.nanoTime();

        assertThat(budget.await(Spend.reads(1), PATIENCE)).isEqualTo(new Room.Made());
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(500));
    }

    @Test
    void aThrottleSlowsEveryReplicaDown() {
        budget(100, 50).throttled(Kind.WRITES, Duration.ZERO);

        assertThat(database.jdbc()
                .sql("select pace from request_budget where kind = 'WRITES'")
                .query(Double.class)
                .single())
                .isEqualTo(0.5);
        assertThat(database.jdbc()
                .sql("select pace from request_budget where kind = 'REQUESTS'")
                .query(Double.class)
                .single())
                .isEqualTo(1);
    }

    @Test
    @Timeout(30)
    void aWaitEndsAtOnceWhenTheServiceStops() throws InterruptedException {
        Budget budget = budget(1, 0.01);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread waiting = Thread.startVirtualThread(
                () -> ended.complete(catchThrowable(() -> budget.await(Spend.reads(5), PATIENCE))));
        untilReserved(5);

        stopped.countDown();
        assertThat(waiting.join(Duration.ofSeconds(2))).isTrue();
        assertThat(ended.join()).isInstanceOf(CancellationException.class);
    }

    @Test
    @Timeout(30)
    void whoStandsInLineWhenItClosesForLongIsSentAway() {
        Budget budget = budget(1, 0.2);
        CompletableFuture<Room> waiting = CompletableFuture.supplyAsync(() -> budget.await(Spend.reads(3), PATIENCE));
        untilReserved(3);

        budget.throttled(Kind.REQUESTS, Duration.ofHours(1));

        assertThat(waiting.join()).isInstanceOf(Room.Closed.class);
    }

    @Test
    @Timeout(30)
    void anInterruptEndsAWaitAndIsKept() {
        Budget budget = budget(1, 0.01);

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> budget.await(Spend.reads(5), PATIENCE));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void nobodyWaitsWithinATransaction() {
        Budget budget = budget(100, 50);

        assertThatIllegalStateException().isThrownBy(
                () -> database.transactions().execute(_ -> budget.await(Spend.reads(1), PATIENCE)));
    }

    @Test
    void withoutTheDatabaseNothingGoesOutAndAThrottleIsNoFailure() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none");
        Budget blind = new Budget("test", new Ledger(JdbcClient.create(nowhere),
                new TransactionTemplate(new JdbcTransactionManager(nowhere)), TENANT, CLIENT, flows(100, 50)), stopped);

        assertThat(catchThrowable(() -> blind.await(Spend.reads(1), PATIENCE)))
                .isInstanceOfAny(DataAccessException.class, TransactionException.class);
        assertThat(catchThrowable(() -> blind.throttled(Kind.WRITES, Duration.ZERO))).isNull();
    }

    /** Neither deadlocks nor lost updates, whoever comes with what. */
    @Test
    @Timeout(60)
    void manyReplicasAtOnceLoseNothing() {
        List<Budget> replicas = IntStream.range(0, 4).mapToObj(_ -> budget(100_000, 50_000)).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Budget replica : replicas) {
                threads.execute(() -> {
                    for (int i = 0; i < 50; i++) {
                        replica.await(i % 2 == 0 ? Spend.actions(20) : Spend.reads(1), PATIENCE);
                    }
                });
            }
        }

        assertThat(reserved(Kind.WRITES)).isEqualTo(4 * 25 * 20);
        assertThat(reserved(Kind.REQUESTS)).isEqualTo(4 * 25 * 21);
    }

    private void untilReserved(long number) {
        while (reserved(Kind.REQUESTS) < number) {
            Thread.onSpinWait();
        }
    }

    private long reserved(Kind kind) {
        return column("reserved", kind);
    }

    private long released(Kind kind) {
        return column("released", kind);
    }

    private long column(String name, Kind kind) {
        return database.jdbc()
                .sql("select coalesce(max(" + name + "), 0)::bigint from request_budget where kind = :kind")
                .param("kind", kind.name())
                .query(Long.class)
                .single();
    }

    /** One more replica. */
    private Budget budget(int burst, double perSecond) {
        return new Budget("test", new Ledger(database.jdbc(), database.transactions(), TENANT, CLIENT,
                flows(burst, perSecond)), stopped);
    }

    private static Map<Kind, Flow> flows(int burst, double perSecond) {
        Map<Kind, Flow> flows = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            flows.put(kind, new Flow(burst, perSecond));
        }
        return flows;
    }
}
