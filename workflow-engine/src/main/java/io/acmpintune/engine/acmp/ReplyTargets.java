package io.acmpintune.engine.acmp;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Our virtual router on SICS and the targets on it, of which each serves one request and is then deleted. ICQL's replies
 * do not say which request they answer, so the only safe sign is where they arrive: a late reply, or a second one to the
 * same request, finds its target gone and is dropped by SICS.
 *
 * <p>Used by one thread at a time, except for {@link #close()}.
 */
final class ReplyTargets implements AutoCloseable {

    /** What could not be deleted is tried again later; while SICS stays away for long, the oldest are given up. */
    private static final int MOST_LEFTOVERS = 100;

    private final SicsClient sics;
    private final AcmpProblem closedProblem;
    private final SequencedSet<ReplyTarget> owned = new LinkedHashSet<>();
    private @Nullable String router;
    private boolean closed;

    ReplyTargets(SicsClient sics, AcmpProblem closedProblem) {
        this.sics = sics;
        this.closedProblem = closedProblem;
    }

    /** A new target; {@link SicsAnswer.Missing} if our virtual router is gone, in which case the next call makes a new one. */
    SicsAnswer<ReplyTarget> open() {
        if (sweep() instanceof SicsAnswer.Failed<?>(var problem) && problem.kind() == AcmpProblem.Kind.UNREACHABLE) {
            return new SicsAnswer.Failed<>(problem);
        }
        var present = router();
        if (present != null) {
            return openOn(present);
        }
        var fresh = UUID.randomUUID().toString();
        return switch (sics.createVirtualRouter(fresh)) {
            case SicsAnswer.Ok<?> _ -> {
                own(fresh);
                yield openOn(fresh);
            }
            case SicsAnswer.Missing<?> _ -> new SicsAnswer.Missing<>();
            case SicsAnswer.Failed<?>(var problem) -> new SicsAnswer.Failed<>(problem);
        };
    }

    /** Deletes a target; if that fails, it is tried again before the next one is made. */
    void drop(ReplyTarget target) {
        delete(target);
    }

    /** Takes note that SICS has lost our virtual router and targets, as it does when it restarts. */
    synchronized void forgetAll() {
        router = null;
        owned.clear();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Deletes everything of ours, best effort. Whoever waits on a target sees it vanish. */
    @Override
    public void close() {
        List<ReplyTarget> targets;
        String lastRouter;
        synchronized (this) {
            closed = true;
            targets = List.copyOf(owned);
            lastRouter = router;
            forgetAll();
        }
        for (var target : targets) {
            if (sics.deleteTarget(target) instanceof SicsAnswer.Failed<?>) {
                return;
            }
        }
        if (lastRouter != null) {
            sics.deleteVirtualRouter(lastRouter);
        }
    }

    private SicsAnswer<ReplyTarget> openOn(String presentRouter) {
        var target = new ReplyTarget(presentRouter, UUID.randomUUID().toString());
        // Owned before it is made: if the answer is lost, it may exist, and has to be deleted.
        own(target);
        var answer = sics.createTarget(target);
        if (isClosed()) {
            own(presentRouter);
            own(target);
            close();
            return new SicsAnswer.Failed<>(closedProblem);
        }
        return switch (answer) {
            case SicsAnswer.Ok<?> _ -> new SicsAnswer.Ok<>(target);
            case SicsAnswer.Missing<?> _ -> {
                forgetAll();
                yield new SicsAnswer.Missing<>();
            }
            case SicsAnswer.Failed<?>(var problem) -> new SicsAnswer.Failed<>(problem);
        };
    }

    /** Deletes what was left over; ends at the first failure, which it returns. */
    private @Nullable SicsAnswer<?> sweep() {
        for (var leftover : leftovers()) {
            var answer = delete(leftover);
            if (answer instanceof SicsAnswer.Failed<?>) {
                return answer;
            }
        }
        return null;
    }

    private SicsAnswer<?> delete(ReplyTarget target) {
        var answer = sics.deleteTarget(target);
        if (!(answer instanceof SicsAnswer.Failed<?>)) {
            disown(target);
        }
        return answer;
    }

    private synchronized @Nullable String router() {
        return router;
    }

    private synchronized List<ReplyTarget> leftovers() {
        return List.copyOf(owned);
    }

    private synchronized void own(String newRouter) {
        router = newRouter;
    }

    private synchronized void own(ReplyTarget target) {
        owned.add(target);
        if (owned.size() > MOST_LEFTOVERS) {
            owned.removeFirst();
        }
    }

    private synchronized void disown(ReplyTarget target) {
        owned.remove(target);
    }
}
