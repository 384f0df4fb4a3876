package io.acmpintune.engine.web;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.job.relay.JobTargets;
import io.acmpintune.model.action.ActionDecision;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.InvalidRequest;

/** Jobs and their targets. */
@RestController
class JobController {

    private final Jobs jobs;
    private final JobTargets targets;

    JobController(Jobs jobs, JobTargets targets) {
        this.jobs = jobs;
        this.targets = targets;
    }

    /** A decision about an uncertain target, and why. */
    record Decision(@Nullable String verdict, @Nullable String reason) {}

    /** A page of jobs, the newest first. */
    @GetMapping("/api/v1/jobs")
    Job.Page jobs(@RequestParam(required = false) @Nullable String workflow,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String requestedBy,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable UUID after, @RequestParam(defaultValue = "50") int limit) {
        return jobs.page(workflow, state == null ? null : Parameters.member("state", state, JobState.values()),
                action == null ? null : action(action), requestedBy, Parameters.instant("from", from),
                Parameters.instant("to", to), after, Parameters.limit(limit));
    }

    private static QueryAction action(String name) {
        return QueryAction.named(name)
                .orElseThrow(() -> InvalidRequest.of("action", "must be one of " + QueryAction.names()));
    }

    /** A job with its outcome, and with its targets where they are few. */
    @GetMapping("/api/v1/jobs/{id}")
    Job job(@PathVariable UUID id) {
        return find(id);
    }

    @GetMapping("/api/v1/jobs/{id}/targets")
    Job.TargetPage targets(@PathVariable UUID id, @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable UUID after, @RequestParam(defaultValue = "100") int limit) {
        find(id);
        return jobs.targets(id, state == null ? null : Parameters.member("state", state, ActionState.values()), after,
                Parameters.limit(limit));
    }

    /** A target with its history. */
    @GetMapping("/api/v1/jobs/{id}/targets/{clientId}")
    JobTargets.Details target(@PathVariable UUID id, @PathVariable UUID clientId) {
        return targets.details(id, clientId);
    }

    /** All targets as CSV, written page by page. */
    @GetMapping("/api/v1/jobs/{id}/targets.csv")
    ResponseEntity<StreamedBody> csv(@PathVariable UUID id) {
        find(id);
        return StreamedBody.csv("job-" + id + ".csv", out -> jobs.export(id, out));
    }

    /** Cancels a job, as far as it has not been sent. */
    @PostMapping("/api/v1/jobs/{id}/cancellation")
    Job cancel(@PathVariable UUID id, Identity caller) {
        return jobs.cancel(id, caller.key());
    }

    /** Decides an uncertain target: taken, send-again or give-up. */
    @PostMapping("/api/v1/jobs/{id}/targets/{clientId}/decision")
    Job.Target decide(@PathVariable UUID id, @PathVariable UUID clientId, @RequestBody Decision decision,
            Identity caller) {
        return targets.decide(id, clientId, Parameters.member("verdict", decision.verdict() == null
                ? ""
                : decision.verdict(), ActionDecision.Verdict.values()), decision.reason(), caller.key());
    }

    private Job find(UUID id) {
        return jobs.find(id).orElseThrow(() -> Jobs.unknown(id));
    }
}
