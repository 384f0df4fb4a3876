package io.acmpintune.engine.web;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobParameters;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.engine.safety.ApprovalRequest;
import io.acmpintune.engine.safety.Approvals;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.InvalidRequest;

/** Requests for a second person's approval. */
@RestController
class ApprovalController {

    private final Approvals approvals;
    private final Jobs jobs;

    ApprovalController(Approvals approvals, Jobs jobs) {
        this.approvals = approvals;
        this.jobs = jobs;
    }

    /**
     * What an approver decides about.
     *
     * @param parameters the options of the action
     * @param justification as the operator gave it; null = none
     * @param targets a page of the devices as they were when the action was ordered; refused ones are not affected
     * @param next the {@code after} of the next page, null after the last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Details(ApprovalRequest request, JobParameters parameters, @Nullable String justification,
            List<Job.Target> targets, @Nullable UUID next) {}

    /** An approver's decision. */
    record Decision(@Nullable Boolean approve, @Nullable String reason) {}

    /** Lists requests, the newest first, at most 1,000; {@code state} is pending, approved, denied or expired. */
    @GetMapping("/api/v1/approvals")
    List<ApprovalRequest> approvals(@RequestParam(required = false) @Nullable String state) {
        return approvals.all(state == null ? null : state(state));
    }

    /** A request with all that the approver decides about. */
    @GetMapping("/api/v1/approvals/{id}")
    Details approval(@PathVariable UUID id, @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "100") int limit) {
        ApprovalRequest request = approvals.find(id).orElseThrow(() -> Approvals.unknown(id));
        Job job = jobs.summary(id).orElseThrow(() -> Jobs.unknown(id));
        Job.TargetPage page = jobs.targets(id, null, after, Parameters.limit(limit));
        return new Details(request, job.parameters(), job.justification(), page.targets(), page.next());
    }

    /** Decides a request, once; approval takes another person than whoever asked. */
    @PostMapping("/api/v1/approvals/{id}/decision")
    ApprovalRequest decide(@PathVariable UUID id, @RequestBody Decision decision, Identity caller) {
        if (decision.approve() == null) {
            throw InvalidRequest.of("approve", "must be true or false");
        }
        return approvals.decide(id, decision.approve(), decision.reason(), caller);
    }

    private static ApprovalRequest.State state(String text) {
        return Arrays.stream(ApprovalRequest.State.values())
                .filter(state -> state.text().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> InvalidRequest.of("state",
                        "must be one of " + Arrays.stream(ApprovalRequest.State.values())
                                .map(ApprovalRequest.State::text)
                                .collect(Collectors.joining(", "))));
    }
}
