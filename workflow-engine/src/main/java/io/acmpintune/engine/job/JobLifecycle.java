package io.acmpintune.engine.job;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.safety.ApprovalRequest;
import io.acmpintune.engine.safety.OrderExpiry;
import io.acmpintune.engine.safety.SafetyGate;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * Moves jobs from state to state on behalf of the relay lane. Whoever changes a job or its targets holds the job's row first.
 */
@Component
public class JobLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobLifecycle.class);

    /** How many jobs one round of the relay lane reads, so that their number does not delay urgent ones. */
    private static final int AT_ONCE = 200;

    private final JobRepository jobs;
    private final TargetRepository targets;
    private final SafetyGate gate;
    private final OrderExpiry expiry;
    private final JobAudit audit;
    private final InstantSource clock;

    JobLifecycle(JobRepository jobs, TargetRepository targets, SafetyGate gate, OrderExpiry expiry,
            JobAudit audit, InstantSource clock) {
        this.jobs = jobs;
        this.targets = targets;
        this.gate = gate;
        this.expiry = expiry;
        this.audit = audit;
        this.clock = clock;
    }

    /** Holds jobs for a change, always in the order of their ids to avoid deadlocks, and increments their revisions. */
    public List<HeldJob> hold(Collection<UUID> ids) {
        return jobs.hold(ids);
    }

    /** Holds a job to read it; {@link #hold} still has to precede a change. */
    public Optional<HeldJob> lock(UUID id) {
        return jobs.lock(id);
    }

    /** Notes why a running job's targets have to wait; null = they need not. */
    public void setWaiting(HeldJob job, @Nullable Problem reason) {
        if (!Objects.equals(reason, job.waiting())) {
            jobs.hold(List.of(job.id()));
            jobs.move(job.id(), JobState.RUNNING, reason, clock.instant());
        }
    }

    /** Ends a running job because of the emergency stop, and cancels or recalls its targets. */
    public void stop(HeldJob job, Problem reason) {
        jobs.hold(List.of(job.id()));
        targets.cancelUnclaimed(job.id(), reason, clock.instant());
        targets.requestCancellation(job.id(), "emergency stop");
        JobState stopped = after(job, JobState.Event.STOPPED);
        jobs.move(job.id(), stopped, reason, clock.instant());
        audit.ended(job, stopped, AuditEvent.SYSTEM, reason);
    }

    /** Cancels the targets of a held job that certainly never reached the connector. */
    public void cancelUnclaimed(HeldJob job) {
        targets.cancelUnclaimed(job.id(), cancelled(), clock.instant());
    }

    /** Returns the problem of targets whose job ended before they were handed over. */
    public static Problem cancelled() {
        return Jobs.cancelled("The job ended before this device's action was sent.");
    }

    /** Returns running jobs of a workflow that may have unclaimed targets, at most so many. */
    public List<UUID> unclaimed(String workflow, int limit) {
        return jobs.unclaimed(workflow, limit);
    }

    /** Notes whether a locked job has targets left to claim. */
    public void claimed(HeldJob job) {
        jobs.noteUnclaimed(job.id());
    }

    /** Starts the workflow's approved jobs, and cancels those that were denied or whose request expired; a limited number at once. */
    public void applyApprovals(LaneRun lane) {
        for (UUID id : gate.decided(lane.owner(), AT_ONCE)) {
            lane.write(() -> {
                jobs.lock(id)
                        .filter(job -> job.state() == JobState.AWAITING_APPROVAL)
                        .ifPresent(job -> apply(gate.approval(id), job));
                gate.applied(id);
            });
        }
    }

    private void apply(ApprovalRequest.Outcome approval, HeldJob job) {
        switch (approval) {
            case ApprovalRequest.Outcome.Pending() -> {
                // the job keeps waiting
            }
            case ApprovalRequest.Outcome.Granted(var at) -> {
                jobs.hold(List.of(job.id()));
                // from the decision: a lane that runs late does not prolong it
                jobs.expireAt(job.id(), expiry.after(job.impact(), at));
                jobs.move(job.id(), after(job, JobState.Event.APPROVED), null, clock.instant());
            }
            case ApprovalRequest.Outcome.Denied(var reason) ->
                cancel(job, JobState.Event.REJECTED, ActionState.CANCELLED, reason);
            case ApprovalRequest.Outcome.Expired(var reason) ->
                cancel(job, JobState.Event.EXPIRED, ActionState.EXPIRED, reason);
        }
    }

    private void cancel(HeldJob job, JobState.Event event, ActionState targetState, Problem reason) {
        Instant now = clock.instant();
        jobs.hold(List.of(job.id()));
        targets.endUnclaimed(job.id(), targetState, reason, now);
        jobs.move(job.id(), after(job, event), reason, now);
        audit.ended(job, after(job, event), AuditEvent.SYSTEM, reason);
    }

    /**
     * Finishes the workflow's running jobs whose targets have all been handed to Intune or ended otherwise, and erases the
     * unlock codes that no target needs any more. Only jobs that changed since the last call are read, and a limited number of
     * them.
     *
     * @return the number of finished jobs
     */
    public int finishCompleted(LaneRun lane) {
        if (jobs.unchecked(lane.owner(), 1).isEmpty()) {
            return 0;
        }
        int finished = lane.write(() -> {
            List<UUID> changed = jobs.holdUnchecked(lane.owner(), AT_ONCE);
            // first, since finishing is a change as well
            jobs.checked(changed);
            List<UUID> complete = jobs.complete(changed);
            Map<UUID, Map<ActionState, Integer>> outcomes = targets.outcomes(complete);
            jobs.hold(complete).forEach(job -> finish(job, outcomes.getOrDefault(job.id(), Map.of())));
            jobs.eraseCodes(changed);
            return complete.size();
        });
        if (finished > 0) {
            log.info("Finished {} jobs (workflow={})", finished, lane.owner());
        }
        return finished;
    }

    private void finish(HeldJob job, Map<ActionState, Integer> outcome) {
        jobs.move(job.id(), after(job, JobState.Event.HANDED_OVER), null, clock.instant());
        audit.finished(job.workflow(), job.id(), job.action(),
                outcome.values().stream().mapToInt(Integer::intValue).sum(),
                outcome.getOrDefault(ActionState.REFUSED, 0));
    }

    private static JobState after(HeldJob job, JobState.Event event) {
        return job.state().after(event).orElseThrow();
    }
}
