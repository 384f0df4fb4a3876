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
 * Holds the session with SICS that all callers share. Callers that need it while a login is in progress wait for its outcome.
 */
final class SicsSession {

    /** Users may be locked after a few failures, so refused credentials are not sent again for a while. */
    static final Duration PAUSE_AFTER_REFUSAL = Duration.ofHours(1);

    private final Supplier<Login> logIn;
    private final Duration useFor;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Held held;
    private @Nullable CompletableFuture<Login> inProgress;

    /**
     * A session that is opened when it is first needed.
     *
     * @param logIn attempts one login within a time limit
     * @param useFor how long a session is used, from the start of its login
     */
    SicsSession(Supplier<Login> logIn, Duration useFor, InstantSource clock) {
        this.logIn = logIn;
        this.useFor = useFor;
        this.clock = clock;
    }

    /** Returns the current session, or the outcome of a login. */
    Login get() {
        return get(false);
    }

    /** Logs in even if a session or refusal is held, for a user who has corrected something. Success ends a refusal. */
    Login logInAgain() {
        return get(true);
    }

    /** Returns the refusal of our credentials; empty if SICS accepted them or was not called yet. */
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
            others = inProgress;
            if (others == null) {
                inProgress = mine;
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

    /** Forgets the session, so that the next call logs in; a refusal is kept. */
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
            Login login = logIn.get();
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
        Held refused = refused();
        end(switch (outcome) {
            case Login.Session _ -> new Held(outcome, begin, begin.plus(useFor));
            case Login.Failed(var problem) when problem.kind() == ConnectionProblem.Kind.WRONG_CREDENTIALS ->
                new Held(outcome, refused == null ? begin : refused.since, begin.plus(PAUSE_AFTER_REFUSAL));
            // An unreachable SICS does not end a refusal.
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
            inProgress = null;
        } finally {
            lock.unlock();
        }
    }

    /** @param since time of the first of several equal outcomes */
    private record Held(Login login, Instant since, Instant until) {}

    /** The outcome of a login. */
    sealed interface Login {

        /** SICS opened a session. */
        record Session(String token) implements Login {

            /** Hides the token, which is as good as the password. */
            @Override
            public String toString() {
                return "Session[...]";
            }
        }

        /** SICS opened no session. */
        record Failed(ConnectionProblem problem) implements Login {}
    }
}
