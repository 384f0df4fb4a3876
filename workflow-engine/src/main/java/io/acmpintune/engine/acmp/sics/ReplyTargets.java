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
 * Our virtual router on SICS and the targets on it, one for each request. ICQL replies do not say which request they
 * answer, so only the target at which they arrive is a safe sign: the target of a late or second reply is already deleted, and
 * SICS drops the reply.
 *
 * <p>Everything is registered before it is created, and until SICS confirms its deletion: if the answer to a creation or
 * deletion is lost, it is deleted later.
 *
 * <p>Used by one thread at a time, except for {@link #close()}.
 */
public final class ReplyTargets implements AutoCloseable {

    /** During long outages of SICS the oldest leftovers are given up. */
    private static final int MAX_LEFTOVERS = 100;

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

    /** Creates a target; {@link SicsResult.NotFound} if our virtual router is gone, and the next call creates a new one. */
    public SicsResult<ReplyTarget> open() {
        Optional<ConnectionProblem> failure = deleteLeftovers();
        if (failure.isPresent()) {
            return new SicsResult.Failed<>(failure.get());
        }
        String present = router();
        if (present != null) {
            return openOn(present);
        }
        String fresh = UUID.randomUUID().toString();
        register(fresh);
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

    /** Deletes a target; a failed deletion is repeated before the next target is created. */
    public void delete(ReplyTarget target) {
        if (!(sics.deleteTarget(target) instanceof SicsResult.Failed<?>)) {
            unregister(target);
        }
    }

    /**
     * Gives up our virtual router because SICS no longer knows it or a target on it, as after a restart. The next target is created
     * on a new router, after deleting what is left of the old one.
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

    /** Deletes our router and targets, best effort; waiting callers find their target gone. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        abandonRouter();
        deleteLeftovers();
    }

    private SicsResult<ReplyTarget> openOn(String currentRouter) {
        ReplyTarget target = new ReplyTarget(currentRouter, UUID.randomUUID().toString());
        register(target);
        SicsResult<JsonNode> answer = sics.createTarget(target);
        if (isClosed()) {
            // close() may have run before SICS created these.
            register(currentRouter);
            register(target);
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

    /** Deletes leftovers; stops with the problem at a failure that the next call would meet as well. */
    private Optional<ConnectionProblem> deleteLeftovers() {
        Optional<ConnectionProblem> failure = deleteLeftovers(leftoverTargets(), sics::deleteTarget, this::unregister);
        return failure.isPresent()
                ? failure
                : deleteLeftovers(leftoverRouters(), sics::deleteVirtualRouter, this::unregister);
    }

    private static <T> Optional<ConnectionProblem> deleteLeftovers(List<T> leftovers, Function<T, SicsResult<?>> delete,
            Consumer<T> unregister) {
        for (T leftover : leftovers) {
            if (!(delete.apply(leftover) instanceof SicsResult.Failed<?>(var problem))) {
                unregister.accept(leftover);
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

    private synchronized void register(String newRouter) {
        router = newRouter;
    }

    private synchronized void register(ReplyTarget target) {
        targets.add(target);
        trim(targets);
    }

    private synchronized void unregister(ReplyTarget target) {
        targets.remove(target);
    }

    private synchronized void unregister(String oldRouter) {
        oldRouters.remove(oldRouter);
    }

    private static void trim(SequencedSet<?> leftovers) {
        if (leftovers.size() > MAX_LEFTOVERS) {
            leftovers.removeFirst();
        }
    }
}
