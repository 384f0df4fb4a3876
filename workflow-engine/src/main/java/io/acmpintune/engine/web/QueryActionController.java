package io.acmpintune.engine.web;

import java.net.URI;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.engine.queryaction.QueryActionRequest;
import io.acmpintune.engine.queryaction.QueryActions;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.ProblemException;

/** Query actions, and the jobs that they become. */
@RestController
class QueryActionController {

    private final QueryActions queryActions;
    private final Jobs jobs;

    QueryActionController(QueryActions queryActions, Jobs jobs) {
        this.queryActions = queryActions;
        this.jobs = jobs;
    }

    /** Takes a query action; 202 with its job, whose address is in {@code Location}. */
    @PostMapping("/api/v1/query-actions")
    ResponseEntity<Job> start(@RequestBody QueryActionRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        Job job = queryActions.start(request, key);
        return ResponseEntity.accepted().location(URI.create("/api/v1/jobs/" + job.id())).body(job);
    }

    @GetMapping("/api/v1/jobs/{id}")
    Job job(@PathVariable UUID id) {
        return jobs.find(id)
                .orElseThrow(() -> new ProblemException(Problem.of("unknown-job", "Unknown job", 404,
                        "There is no job " + id + ".", "Use an id that a query action was answered with.")));
    }
}
