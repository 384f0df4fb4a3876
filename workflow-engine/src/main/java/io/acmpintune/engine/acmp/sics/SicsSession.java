package io.acmpintune.engine.acmp.sics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Holds the one session with SICS that all callers share. Whoever needs it while a log-in is under way waits for that
 * log-in's outcome, good or bad.
 */
final class SicsSession {

    /** A user may be locked after some wrong passwords, so a refused one is not tried again for a while. */
    static final Duration PAUSE_AFTER_REFUSAL = Duration.ofHours(1);

    private final Supplier<Login> logIn;
    private final Duration useFor;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Held held;
    private @Nullable CompletableFuture<Login> underWay;

    /**
     * A session that is not opened before it is needed.
     *
     * @param logIn makes one log-in, bounded in time
     * @param useFor how long a session is used, counted from the beginning of its log-in
     */
    SicsSession(Supplier<Login> logIn, Duration useFor, InstantSource clock) {
        this.logIn = logIn;
        this.useFor = useFor;
        this.clock = clock;
    }

    /** The session held, or the outcome of a log-in. */
    Login get() {
        return get(false);
    }

    /** The outcome of a log-in, whatever is held: for a person who has corrected something. Its success ends a refusal. */
    Login logInAgain() {
        return get(true);
    }

    /** Since when and why SICS does not take the credentials; empty if it takes them or was not asked. */
    Optional<CredentialRefusal> refusal() {
        return refused() instanceof Held(Login.Failed(var problem), var since, _)
                ? Optional.of(new CredentialRefusal(since, problem))
                : Optional.empty();
    }

    private Login get(boolean logInAgain) {
        CompletableFuture<SicsSession.Login> mine = new CompletableFuture<Login>();
        CompletableFuture<Login> others;
        lock.lock();
        try {
            if (!logInAgain && held != null && clock.instant().isBefore(held.until)) {
                return held.login;
            }
            others = underWay;
            if (others == null) {
                underWay = mine;
            }
        } finally {
            lock.unlock();
        }
        return others == null ? logIn(mine) : others.join();
    }

    /** Forgets a session that SICS refused, unless another caller has already replaced it. */
    void forget(String token) {
        lock.lock();
        try {
            if (held != null && held.login instanceof Login.Session(var current) && current.equals(token)) {
                held = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets any session, so that the next call logs in; a refusal stays remembered. */
    void forget() {
        lock.lock();
        try {
            if (held != null && held.login instanceof Login.Session) {
                held = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private Login logIn(CompletableFuture<Login> outcome) {
        try {
            Instant begin = clock.instant();
            SicsSession.Login login = logIn.get();
            settle(login, begin);
            outcome.complete(login);
            return login;
        } catch (RuntimeException | Error e) {
            end(refused());
            outcome.completeExceptionally(e);
            throw e;
        }
    }

    private void settle(Login outcome, Instant begin) {
        SicsSession.Held refused = refused();
        end(switch (outcome) {
            case Login.Session _ -> new Held(outcome, begin, begin.plus(useFor));
            case Login.Failed(var problem) when problem.kind() == ConnectionProblem.Kind.WRONG_CREDENTIALS ->
                new Held(outcome, refused == null ? begin : refused.since, begin.plus(PAUSE_AFTER_REFUSAL));
            // That SICS could not be asked does not make the credentials right.
            case Login.Failed _ -> refused;
        });
    }

    private @Nullable Held refused() {
        lock.lock();
        try {
            return held != null && held.login instanceof Login.Failed ? held : null;
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable Held outcome) {
        lock.lock();
        try {
            held = outcome;
            underWay = null;
        } finally {
            lock.unlock();
        }
    }

    /** @param since when the first of several equal outcomes came */
    private record Held(Login login, Instant since, Instant until) {}

    /** The outcome of a log-in. */
    sealed interface Login {

        /** SICS opened a session. */
        record Session(String token) implements Login {

            /** The token is as good as the password while it lives, so it is not shown. */
            @Override
            public String toString() {
                return "Session[...]";
            }
        }

        /** It did not. */
        record Failed(ConnectionProblem problem) implements Login {}
    }
}
