package io.acmpintune.engine.web;

import java.net.URI;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.Preview;
import io.acmpintune.engine.queryaction.QueryActionRequest;
import io.acmpintune.engine.queryaction.QueryActions;
import io.acmpintune.engine.queryaction.RetryRequest;
import io.acmpintune.runtime.access.Identity;

/** Previews and starts query actions. */
@RestController
class QueryActionController {

    private final QueryActions queryActions;

    QueryActionController(QueryActions queryActions) {
        this.queryActions = queryActions;
    }

    /** Starts a query action; 202 with its job, whose address is in {@code Location}. */
    @PostMapping("/api/v1/query-actions")
    ResponseEntity<Job> start(@RequestBody QueryActionRequest request, Identity caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        return accepted(queryActions.start(request, caller.key(), key));
    }

    /** Shows which clients a query action would affect or refuse, and whether it would need approval. */
    @PostMapping("/api/v1/query-actions/preview")
    Preview preview(@RequestBody QueryActionRequest request, Identity caller,
            @RequestParam(defaultValue = "all") String show, @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "100") int limit) {
        return queryActions.preview(request, caller.key(), new Preview.Window(
                Parameters.member("show", show, Preview.Show.values()), after, Parameters.limit(limit)));
    }

    /** Retries the failed targets of a job; 202 with the new job. */
    @PostMapping("/api/v1/jobs/{id}/retry")
    ResponseEntity<Job> retry(@PathVariable UUID id, @RequestBody RetryRequest request, Identity caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        return accepted(queryActions.retry(id, request, caller.key(), key));
    }

    private static ResponseEntity<Job> accepted(Job job) {
        return ResponseEntity.accepted().location(URI.create("/api/v1/jobs/" + job.id())).body(job);
    }
}
