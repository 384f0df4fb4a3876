package io.acmpintune.engine.acmp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.engine.acmp.icql.IcqlCodec;
import io.acmpintune.engine.acmp.icql.IcqlMessage;
import io.acmpintune.engine.acmp.icql.IcqlRequest;
import io.acmpintune.engine.acmp.icql.MalformedReplyException;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;
import io.acmpintune.engine.acmp.sics.ReplyTarget;
import io.acmpintune.engine.acmp.sics.ReplyTargets;
import io.acmpintune.engine.acmp.sics.SicsClient;
import io.acmpintune.engine.acmp.sics.SicsResult;

/**
 * Exchanges one request at a time with one ACMP server: publishes it and consumes until its reply arrives or time runs
 * out. A request is sent a second time if SICS lost our reply target or ACMP refused the session, which is safe because
 * every command can be repeated.
 */
final class AcmpChannel implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AcmpChannel.class);

    /** Pause after SICS answered "no message" without having waited for one. */
    private static final Duration MIN_POLL_INTERVAL = Duration.ofMillis(250);

    private final AcmpServer server;
    private final SicsClient sics;
    private final Duration replyTimeout;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final ServerProblems problems;
    private final ReplyTargets targets;
    private final IcqlCodec codec = new IcqlCodec();
    private final ReentrantLock turn = new ReentrantLock();

    AcmpChannel(AcmpServer server, SicsClient sics, Duration replyTimeout, InstantSource clock, Sleeper sleeper) {
        this.server = server;
        this.sics = sics;
        this.replyTimeout = replyTimeout;
        this.clock = clock;
        this.sleeper = sleeper;
        this.problems = new ServerProblems(server);
        this.targets = new ReplyTargets(sics, problems.closed());
    }

    /** Returns the reply to this request, whatever its result code. */
    AcmpReply<IcqlMessage> ask(IcqlRequest request) {
        String body = codec.encode(request);
        turn.lock();
        try {
            Instant deadline = clock.instant().plus(replyTimeout);
            return switch (attempt(request, body, deadline)) {
                case Attempt.Replied(var reply) when reply.result() != ResultCode.Known.INVALID_SESSION ->
                    new AcmpReply.Done<>(reply);
                case Attempt.Replied _ -> {
                    sics.renewSession();
                    yield lastAttempt(request, body, deadline);
                }
                case Attempt.TargetLost _ -> {
                    log.info("SICS lost our reply target, as after a restart; sending again (server={}, command={})",
                            server.id(), request.command());
                    yield lastAttempt(request, body, deadline);
                }
                case Attempt.Failed(var problem) -> new AcmpReply.Unavailable<>(problem);
            };
        } finally {
            turn.unlock();
        }
    }

    /** Removes our reply targets; a request in progress ends as closed. */
    @Override
    public void close() {
        targets.close();
    }

    private AcmpReply<IcqlMessage> lastAttempt(IcqlRequest request, String body, Instant deadline) {
        return switch (attempt(request, body, deadline)) {
            case Attempt.Replied(var reply) -> new AcmpReply.Done<>(reply);
            case Attempt.TargetLost _ -> new AcmpReply.Unavailable<>(problems.noReplyTarget());
            case Attempt.Failed(var problem) -> new AcmpReply.Unavailable<>(problem);
        };
    }

    private Attempt attempt(IcqlRequest request, String body, Instant deadline) {
        if (targets.isClosed()) {
            return new Attempt.Failed(problems.closed());
        }
        return switch (targets.open()) {
            case SicsResult.NotFound() -> new Attempt.TargetLost();
            case SicsResult.Failed(var problem) -> new Attempt.Failed(problem);
            case SicsResult.Ok(var target) -> {
                Attempt attempt = exchange(request, body, target, deadline);
                cleanUp(target, attempt);
                yield targets.isClosed() && !(attempt instanceof Attempt.Replied)
                        ? new Attempt.Failed(problems.closed())
                        : attempt;
            }
        };
    }

    private void cleanUp(ReplyTarget target, Attempt attempt) {
        switch (attempt) {
            case Attempt.Replied _ -> targets.delete(target);
            case Attempt.TargetLost _ -> targets.abandonRouter();
            case Attempt.Failed(var problem) -> {
                // While SICS is unreachable, this would only cost another timeout; the next request deletes it.
                if (problem.kind() != ConnectionProblem.Kind.UNREACHABLE) {
                    targets.delete(target);
                }
            }
        }
    }

    private Attempt exchange(IcqlRequest request, String body, ReplyTarget target, Instant deadline) {
        return switch (sics.publish(server.address(), body, target.address())) {
            case SicsResult.Ok<?> _ -> await(request, target, deadline);
            case SicsResult.NotFound<?> _ -> new Attempt.Failed(problems.addressUnknown());
            case SicsResult.Failed<?>(var problem) -> new Attempt.Failed(problem);
        };
    }

    private Attempt await(IcqlRequest request, ReplyTarget target, Instant deadline) {
        IgnoredMessages ignored = new IgnoredMessages();
        for (Duration left = remaining(deadline); left.isPositive(); left = remaining(deadline)) {
            Duration wait = shorter(left, sics.longestWait());
            Instant begin = clock.instant();
            switch (sics.consume(target, wait)) {
                case SicsResult.NotFound<?> _ -> {
                    return new Attempt.TargetLost();
                }
                case SicsResult.Failed<?>(var problem) -> {
                    return new Attempt.Failed(problem);
                }
                case SicsResult.Ok(var messages) -> {
                    Attempt reply = find(request, messages, ignored);
                    if (reply != null) {
                        return reply;
                    }
                    boolean waited = Duration.between(begin, clock.instant()).compareTo(wait.dividedBy(2)) >= 0;
                    if (messages.isEmpty() && !waited && !pauseBriefly(left)) {
                        return new Attempt.Failed(problems.closed());
                    }
                }
            }
        }
        MalformedReplyException flaw = ignored.flaw;
        return new Attempt.Failed(flaw == null
                ? problems.noReply(request.command(), replyTimeout, ignored.foreign)
                : problems.malformed(request.command(), flaw));
    }

    /** An unreadable message may be somebody else's: it counts as the reply only if no other message arrives. */
    private @Nullable Attempt find(IcqlRequest request, List<String> messages, IgnoredMessages ignored) {
        for (String message : messages) {
            try {
                IcqlMessage reply = codec.decode(message);
                if (reply.answers(request)) {
                    return new Attempt.Replied(reply);
                }
                log.warn(
                        "Ignored a message that answers another command (server={}, awaited={}, received={} version {})",
                        server.id(), request.command(), reply.command(), reply.version());
                ignored.foreign.add(reply.command() + " version " + reply.version());
            } catch (MalformedReplyException e) {
                log.warn("Ignored an unreadable message: {} (server={}, awaited={})", e.getMessage(), server.id(),
                        request.command());
                ignored.flaw = e;
            }
        }
        return null;
    }

    private Duration remaining(Instant deadline) {
        return Duration.between(clock.instant(), deadline);
    }

    private boolean pauseBriefly(Duration left) {
        try {
            sleeper.sleep(shorter(left, MIN_POLL_INTERVAL));
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** At least a millisecond, since shorter times would be sent to SICS as zero. */
    private static Duration shorter(Duration one, Duration other) {
        Duration shorter = one.compareTo(other) < 0 ? one : other;
        return shorter.toMillis() < 1 ? Duration.ofMillis(1) : shorter;
    }

    /** Messages that are not the reply. */
    private static final class IgnoredMessages {

        private final Set<String> foreign = new TreeSet<>();
        private @Nullable MalformedReplyException flaw;
    }

    /** The outcome of sending a request once. */
    private sealed interface Attempt {

        /** The reply arrived. */
        record Replied(IcqlMessage reply) implements Attempt {}

        /** SICS no longer knows our reply target. */
        record TargetLost() implements Attempt {}

        /** No usable reply arrived. */
        record Failed(ConnectionProblem problem) implements Attempt {}
    }
}
