package io.acmpintune.engine.acmp.sics;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.acmpintune.runtime.fixture.TestClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SicsSessionTest {

    private static final Duration USE_FOR = Duration.ofSeconds(50);

    private final TestClock clock = TestClock.fixed();
    private final AtomicInteger logIns = new AtomicInteger();

    @Test
    void twoHundredThreadsNeedOneLogIn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Collection<SicsSession.Login> outcomes = askTogether(session(() -> {
            awaitUninterrupted(release);
            return opened();
        }), release);
        assertThat(logIns).hasValue(1);
        assertThat(outcomes).hasSize(200).containsOnly(new SicsSession.Login.Session("token-1"));
    }

    @Test
    void twoHundredThreadsShareOneFailure() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Collection<SicsSession.Login> outcomes = askTogether(session(() -> {
            awaitUninterrupted(release);
            return failAndCount(ConnectionProblem.Kind.UNREACHABLE);
        }), release);
        assertThat(logIns).hasValue(1);
        assertThat(outcomes).hasSize(200).containsOnly(failed(ConnectionProblem.Kind.UNREACHABLE));
    }

    @Test
    void aSessionRefusedToManyIsReplacedOnce() {
        SicsSession session = session(this::opened);
        session.get();
        for (int i = 0; i < 200; i++) {
            session.forget("token-1");
            assertThat(session.get()).isEqualTo(new SicsSession.Login.Session("token-2"));
        }
        assertThat(logIns).hasValue(2);
    }

    @Test
    void aSessionIsUsedUntilItsTimeIsUp() {
        SicsSession session = session(this::opened);
        session.get();
        clock.advance(USE_FOR.minusMillis(1));
        assertThat(session.get()).isEqualTo(new SicsSession.Login.Session("token-1"));
        clock.advance(Duration.ofMillis(1));
        assertThat(session.get()).isEqualTo(new SicsSession.Login.Session("token-2"));
    }

    @Test
    void theTimeCountsFromTheBeginningOfTheLogIn() {
        SicsSession session = session(() -> {
            clock.advance(Duration.ofSeconds(30));
            return opened();
        });
        session.get();
        clock.advance(Duration.ofSeconds(20));
        assertThat(session.get()).isEqualTo(new SicsSession.Login.Session("token-2"));
    }

    @Test
    void aFailureIsTriedAgainAtTheNextCall() {
        SicsSession session = session(
                () -> logIns.get() == 0 ? failAndCount(ConnectionProblem.Kind.UNREACHABLE) : opened());
        assertThat(session.get()).isEqualTo(failed(ConnectionProblem.Kind.UNREACHABLE));
        assertThat(session.get()).isEqualTo(new SicsSession.Login.Session("token-2"));
    }

    @Test
    void aWrongPasswordIsNotTriedAgainForAWhileEvenIfTheSessionIsForgotten() {
        SicsSession session = session(() -> failAndCount(ConnectionProblem.Kind.WRONG_CREDENTIALS));
        for (int i = 0; i < 10; i++) {
            session.forget();
            assertThat(session.get()).isEqualTo(failed(ConnectionProblem.Kind.WRONG_CREDENTIALS));
        }
        assertThat(logIns).hasValue(1);
        clock.advance(SicsSession.PAUSE_AFTER_REFUSAL);
        session.get();
        assertThat(logIns).hasValue(2);
    }

    @Test
    void anHourPassesBeforeARefusedPasswordIsTriedAgain() {
        assertThat(SicsSession.PAUSE_AFTER_REFUSAL).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aPersonMayTryARefusedPasswordAtOnceAndSuccessEndsTheRefusal() {
        SicsSession session = session(
                () -> logIns.get() == 0 ? failAndCount(ConnectionProblem.Kind.WRONG_CREDENTIALS) : opened());
        session.get();
        assertThat(session.logInAgain()).isEqualTo(new SicsSession.Login.Session("token-2"));
        assertThat(session.get()).isEqualTo(new SicsSession.Login.Session("token-2"));
        assertThat(session.refusal()).isEmpty();
        assertThat(logIns).hasValue(2);
    }

    @Test
    void aRefusalTellsSinceWhenThoughItWasTriedAgain() {
        SicsSession session = session(() -> failAndCount(ConnectionProblem.Kind.WRONG_CREDENTIALS));
        assertThat(session.refusal()).isEmpty();
        Instant since = clock.instant();
        session.get();
        clock.advance(SicsSession.PAUSE_AFTER_REFUSAL);
        session.get();
        session.logInAgain();
        assertThat(session.refusal().orElseThrow().since()).isEqualTo(since);
        assertThat(logIns).hasValue(3);
    }

    @Test
    void aSicsThatCannotBeAskedDoesNotEndARefusal() {
        SicsSession session = session(() -> failAndCount(
                logIns.get() == 0 ? ConnectionProblem.Kind.WRONG_CREDENTIALS : ConnectionProblem.Kind.UNREACHABLE));
        session.get();
        assertThat(session.logInAgain()).isEqualTo(failed(ConnectionProblem.Kind.UNREACHABLE));
        assertThat(session.get()).isEqualTo(failed(ConnectionProblem.Kind.WRONG_CREDENTIALS));
        assertThat(logIns).hasValue(2);
    }

    @Test
    void aLogInThatThrowsDoesNotBlockTheNextOne() {
        SicsSession session = session(() -> {
            if (logIns.incrementAndGet() == 1) {
                throw new IllegalStateException("broken");
            }
            return new SicsSession.Login.Session("token");
        });
        assertThatIllegalStateException().isThrownBy(session::get);
        assertThat(session.get()).isEqualTo(new SicsSession.Login.Session("token"));
    }

    @Test
    void aSessionDoesNotShowItsToken() {
        assertThat(new SicsSession.Login.Session("canary").toString()).doesNotContain("canary");
    }

    private SicsSession session(Supplier<SicsSession.Login> logIn) {
        return new SicsSession(logIn, USE_FOR, clock);
    }

    private SicsSession.Login opened() {
        return new SicsSession.Login.Session("token-" + logIns.incrementAndGet());
    }

    private SicsSession.Login failAndCount(ConnectionProblem.Kind kind) {
        logIns.incrementAndGet();
        return failed(kind);
    }

    private static SicsSession.Login failed(ConnectionProblem.Kind kind) {
        return new SicsSession.Login.Failed(new ConnectionProblem(kind, "which", "why", "remedy"));
    }

    /** The outcomes of two hundred threads that all wait before the log-in is released. */
    private static Collection<SicsSession.Login> askTogether(SicsSession session, CountDownLatch release)
            throws Exception {
        ConcurrentLinkedQueue<SicsSession.Login> outcomes = new ConcurrentLinkedQueue<SicsSession.Login>();
        List<Thread> threads = IntStream.range(0, 200)
                .mapToObj(_ -> new Thread(() -> outcomes.add(session.get())))
                .toList();
        threads.forEach(Thread::start);
        while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
        release.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return outcomes;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
