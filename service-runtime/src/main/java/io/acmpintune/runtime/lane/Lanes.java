package io.acmpintune.runtime.lane;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * All lanes of a service. A lane is named {@code kind:owner}, such as {@code scan:IntuneConnector_1}; db-scheduler runs
 * it on one replica at a time and gives it to another when that one dies.
 */
public final class Lanes {

    private static final Logger log = LoggerFactory.getLogger(Lanes.class);
    private static final int WAKE_ATTEMPTS = 5;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final InstantSource clock;
    private final ObjectProvider<Scheduler> scheduler;
    private final List<Kind> kinds = new ArrayList<>();

    private record Kind(String name, Set<String> owners) {}

    public Lanes(JdbcClient jdbc, TransactionOperations transactions, InstantSource clock,
            ObjectProvider<Scheduler> scheduler) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /**
     * Defines the lanes of one kind, to be published as a bean so that db-scheduler knows them.
     *
     * @param kind such as {@code scan}
     * @param work by owner, a connector or workflow of the configuration; lanes of owners that are no longer configured
     *            remove themselves
     */
    public Task<Void> define(String kind, Map<String, LaneWork> work) {
        Map<String, LaneWork> byOwner = Map.copyOf(work);
        kinds.add(new Kind(kind, byOwner.keySet()));
        return Tasks.custom(kind, Void.class)
                .onFailure((complete, operations) -> retry(complete, operations))
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    LaneWork owned = byOwner.get(instance.getId());
                    return owned == null ? remove(kind, instance.getId()) : run(kind, instance.getId(), owned, context);
                });
    }

    /** Schedules every lane that is not scheduled yet; called once the application is ready. */
    public void start() {
        for (Kind kind : kinds) {
            for (String owner : kind.owners()) {
                scheduler.getObject().scheduleIfNotExists(new TaskInstance<Void>(kind.name(), owner), clock.instant());
            }
        }
    }

    /** Runs a lane now instead of at its next scheduled time; does nothing if it is running. */
    public void wake(String kind, String owner) {
        for (int attempt = 1; attempt <= WAKE_ATTEMPTS; attempt++) {
            try {
                scheduler.getObject().reschedule(TaskInstanceId.of(kind, owner), clock.instant());
                scheduler.getObject().triggerCheckForDueExecutions();
                return;
            } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException e) {
                log.debug("Lane {}:{} need not be woken: {}", kind, owner, e.getMessage());
                return;
            } catch (ExecutionException e) {
                // it was picked or completed between db-scheduler's read and write
                log.debug("Lane {}:{} changed while it was woken: {}", kind, owner, e.getMessage());
            }
        }
    }

    private CompletionHandler<Void> run(String kind, String owner, LaneWork work, ExecutionContext context) {
        String lane = kind + ":" + owner;
        LaneRun run = new LaneRun(owner, Fence.take(jdbc, transactions, lane),
                () -> context.getSchedulerState().isShuttingDown());
        Duration pause = work(lane, work, run);
        return (complete, operations) -> operations.reschedule(complete, clock.instant().plus(pause));
    }

    /** Cancelled work has not failed: it continues after the next start. */
    static Duration work(String lane, LaneWork work, LaneRun run) {
        try {
            return work.run(run);
        } catch (CancellationException e) {
            log.info("Lane {} stopped: {}", lane, e.getMessage());
            return Duration.ZERO;
        }
    }

    private CompletionHandler<Void> remove(String kind, String owner) {
        log.info("Lane {}:{} removed: its owner is no longer configured", kind, owner);
        return (_, operations) -> operations.remove();
    }

    private void retry(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        int failures = complete.getExecution().consecutiveFailures + 1;
        Duration pause = pauseAfter(failures);
        Throwable cause = complete.getCause().orElseGet(() -> new IllegalStateException("no cause given"));
        String lane = complete.getExecution().taskInstance.getTaskName() + ":"
                + complete.getExecution().taskInstance.getId();
        log.error("Lane {} failed and runs again in {} s (consecutiveFailures={})", lane, pause.toSeconds(), failures,
                cause);
        operations.reschedule(complete, clock.instant().plus(pause));
    }

    /** Returns 1, 2, 4, … 60 s. */
    static Duration pauseAfter(int failures) {
        Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 10));
        return pause.compareTo(LAST_RETRY) < 0 ? pause : LAST_RETRY;
    }
}
