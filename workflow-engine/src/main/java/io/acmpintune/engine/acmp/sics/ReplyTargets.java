package io.acmpintune.engine.acmp.sics;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Our virtual router on SICS and the targets on it, of which each serves one request and is then deleted. ICQL's replies
 * do not say which request they answer, so the only safe sign is where they arrive: a late reply, or a second one to the
 * same request, finds its target gone and is dropped by SICS.
 *
 * <p>What is made is ours before it is made, and stays ours until SICS says that it is gone: if the answer to a creation or a
 * deletion is lost, it is deleted later.
 *
 * <p>Used by one thread at a time, except for {@link #close()}.
 */
public final class ReplyTargets implements AutoCloseable {

    /** While SICS stays away for long, the oldest are given up. */
    private static final int MOST_LEFTOVERS = 100;

    private final SicsClient sics;
    private final ConnectionProblem closedProblem;
    private final SequencedSet<ReplyTarget> targets = new LinkedHashSet<>();
    private final SequencedSet<String> oldRouters = new LinkedHashSet<>();
    private @Nullable String router;
    private boolean closed;

    public ReplyTargets(SicsClient sics, ConnectionProblem closedProblem) {
        this.sics = sics;
        this.closedProblem = closedProblem;
    }

    /** A new target; {@link SicsResult.NotFound} if our virtual router is gone, in which case the next call makes a new one. */
    public SicsResult<ReplyTarget> open() {
        Optional<ConnectionProblem> broken = sweep();
        if (broken.isPresent()) {
            return new SicsResult.Failed<>(broken.get());
        }
        String present = router();
        if (present != null) {
            return openOn(present);
        }
        String fresh = UUID.randomUUID().toString();
        own(fresh);
        return switch (sics.createVirtualRouter(fresh)) {
            case SicsResult.Ok<?> _ -> openOn(fresh);
            case SicsResult.NotFound<?> _ -> {
                abandonRouter();
                yield new SicsResult.NotFound<>();
            }
            case SicsResult.Failed<?>(var problem) -> {
                abandonRouter();
                yield new SicsResult.Failed<>(problem);
            }
        };
    }

    /** Deletes a target; if that fails, it is tried again before the next one is made. */
    public void drop(ReplyTarget target) {
        if (!(sics.deleteTarget(target) instanceof SicsResult.Failed<?>)) {
            disown(target);
        }
    }

    /**
     * Takes note that SICS does not know our virtual router or a target any more, as after a restart: the next one is made on a
     * new router. What is left of the old one, if anything, is deleted before.
     */
    public synchronized void abandonRouter() {
        if (router != null) {
            oldRouters.add(router);
            trim(oldRouters);
            router = null;
        }
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    /** Deletes everything of ours, best effort. Whoever waits on a target sees it vanish. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        abandonRouter();
        sweep();
    }

    private SicsResult<ReplyTarget> openOn(String presentRouter) {
        ReplyTarget target = new ReplyTarget(presentRouter, UUID.randomUUID().toString());
        own(target);
        SicsResult<JsonNode> answer = sics.createTarget(target);
        if (isClosed()) {
            // Closed meanwhile, which may have deleted what was made only after that.
            own(presentRouter);
            own(target);
            close();
            return new SicsResult.Failed<>(closedProblem);
        }
        return switch (answer) {
            case SicsResult.Ok<?> _ -> new SicsResult.Ok<>(target);
            case SicsResult.NotFound<?> _ -> {
                abandonRouter();
                yield new SicsResult.NotFound<>();
            }
            case SicsResult.Failed<?>(var problem) -> new SicsResult.Failed<>(problem);
        };
    }

    /** Deletes what was left over; ends, with the problem, at a failure that the next call would meet as well. */
    private Optional<ConnectionProblem> sweep() {
        Optional<ConnectionProblem> broken = sweep(leftoverTargets(), sics::deleteTarget, this::disown);
        return broken.isPresent()
                ? broken
                : sweep(leftoverRouters(), sics::deleteVirtualRouter, this::disown);
    }

    private static <T> Optional<ConnectionProblem> sweep(List<T> leftovers, Function<T, SicsResult<?>> delete,
            Consumer<T> disown) {
        for (T leftover : leftovers) {
            if (!(delete.apply(leftover) instanceof SicsResult.Failed<?>(var problem))) {
                disown.accept(leftover);
            } else if (problem.kind() != ConnectionProblem.Kind.REFUSED_BY_SICS) {
                return Optional.of(problem);
            }
        }
        return Optional.empty();
    }

    private synchronized @Nullable String router() {
        return router;
    }

    private synchronized List<ReplyTarget> leftoverTargets() {
        return new ArrayList<>(targets);
    }

    private synchronized List<String> leftoverRouters() {
        return new ArrayList<>(oldRouters);
    }

    private synchronized void own(String newRouter) {
        router = newRouter;
    }

    private synchronized void own(ReplyTarget target) {
        targets.add(target);
        trim(targets);
    }

    private synchronized void disown(ReplyTarget target) {
        targets.remove(target);
    }

    private synchronized void disown(String oldRouter) {
        oldRouters.remove(oldRouter);
    }

    private static void trim(SequencedSet<?> leftovers) {
        if (leftovers.size() > MOST_LEFTOVERS) {
            leftovers.removeFirst();
        }
    }
}
