package io.acmpintune.engine.job;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.lane.LaneRun;

/** Moves jobs on: those that waited for approval, and those whose targets were all handed over. */
@Component
class JobProgress {

    private static final Logger log = LoggerFactory.getLogger(JobProgress.class);

    private final JobRepository jobs;
    private final TargetRepository targets;
    private final DestructiveGate gate;
    private final JobNews news;
    private final InstantSource clock;

    JobProgress(JobRepository jobs, TargetRepository targets, DestructiveGate gate, JobNews news,
            InstantSource clock) {
        this.jobs = jobs;
        this.targets = targets;
        this.gate = gate;
        this.news = news;
        this.clock = clock;
    }

    /** Starts what was approved, and cancels what was denied or waited for too long. */
    void approvals(LaneRun lane) {
        for (UUID id : jobs.in(lane.owner(), JobState.AWAITING_APPROVAL)) {
            lane.write(() -> {
                jobs.look(id)
                        .filter(job -> job.state() == JobState.AWAITING_APPROVAL)
                        .ifPresent(job -> approve(job, gate.approval(id)));
            });
        }
    }

    private void approve(JobRepository.Held job, DestructiveGate.Approval approval) {
        switch (approval) {
            case DestructiveGate.Approval.Pending() -> {
                // it goes on waiting
            }
            case DestructiveGate.Approval.Granted() -> {
                jobs.hold(job.id());
                jobs.move(job.id(), after(job, JobState.Event.APPROVED), null, clock.instant());
            }
            case DestructiveGate.Approval.Denied(var reason) -> cancel(job, JobState.Event.REJECTED, reason);
            case DestructiveGate.Approval.Expired(var reason) -> cancel(job, JobState.Event.EXPIRED, reason);
        }
    }

    private void cancel(JobRepository.Held job, JobState.Event event, Problem reason) {
        Instant now = clock.instant();
        jobs.hold(job.id());
        targets.cancelUnclaimed(job.id(), reason, now);
        jobs.move(job.id(), after(job, event), reason, now);
        news.ended(job, after(job, event), AuditEvent.SYSTEM, reason);
    }

    /**
     * Finishes jobs of which every target was handed to Intune or refused, and forgets the codes that nobody needs any more.
     *
     * @return how many were finished
     */
    int finish(LaneRun lane) {
        List<UUID> complete = jobs.complete(lane.owner());
        if (!complete.isEmpty()) {
            lane.write(() -> {
                Map<UUID, Map<ActionState, Integer>> outcomes = targets.outcomes(complete);
                jobs.hold(complete)
                        .stream()
                        .filter(job -> job.state() == JobState.RUNNING)
                        .forEach(job -> finish(job, outcomes.getOrDefault(job.id(), Map.of())));
            });
            log.info("{}: {} jobs are handed over", lane.owner(), complete.size());
        }
        jobs.eraseCodes(lane.owner());
        return complete.size();
    }

    private void finish(JobRepository.Held job, Map<ActionState, Integer> outcome) {
        jobs.move(job.id(), after(job, JobState.Event.HANDED_OVER), null, clock.instant());
        news.finished(job.workflow(), job.id(), job.action(),
                outcome.values().stream().mapToInt(Integer::intValue).sum(),
                outcome.getOrDefault(ActionState.REFUSED, 0));
    }

    private static JobState after(JobRepository.Held job, JobState.Event event) {
        return job.state().after(event).orElseThrow();
    }
}
