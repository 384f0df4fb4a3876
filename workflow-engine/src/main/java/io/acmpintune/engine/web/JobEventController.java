package io.acmpintune.engine.web;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobEvents;
import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.InvalidRequest;

/**
 * Streams a job's progress as server-sent events, from the request's own virtual thread: {@code job} is the job's state,
 * {@code targets} are changed targets, {@code end} is the last event. A reader that returns with {@code Last-Event-ID} gets what
 * changed since.
 */
@RestController
class JobEventController {

    /** Shorter than the idle timeouts of proxies. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final MediaType EVENTS = new MediaType(MediaType.TEXT_EVENT_STREAM, StandardCharsets.UTF_8);

    private final Jobs jobs;
    private final JobEvents events;
    private final JsonMapper json;

    JobEventController(Jobs jobs, JobEvents events, JsonMapper json) {
        this.jobs = jobs;
        this.events = events;
        this.json = json;
    }

    /** A job's state, without its targets. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Status(UUID id, JobState state, @Nullable Instant finishedAt, @Nullable Problem waiting,
            int targetCount, Map<ActionState, Integer> outcome) {

        static Status of(Job job) {
            return new Status(job.id(), job.state(), job.finishedAt(), job.waiting(), job.targetCount(),
                    job.outcome());
        }
    }

    @GetMapping("/api/v1/jobs/{id}/events")
    ResponseEntity<StreamedBody> events(@PathVariable UUID id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEvent) {
        Job job = find(id);
        JobEvents.Position position = lastEvent == null
                ? JobEvents.Position.after(job.revision())
                : JobEvents.Position.parse(lastEvent)
                        .orElseThrow(() -> InvalidRequest.of("Last-Event-ID", "is no id of an event of a job"));
        return ResponseEntity.ok()
                .contentType(EVENTS)
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no")
                .body(out -> {
                    try (JobEvents.Reader reader = events.watch(id)) {
                        stream(id, position, reader, out);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void stream(UUID id, JobEvents.Position from, JobEvents.Reader reader, PrintWriter out)
            throws InterruptedException {
        JobEvents.Position position = from;
        long sent = -1;
        while (true) {
            // read before the changes: a change in between is sent twice rather than never
            Job job = find(id);
            for (JobEvents.Changes changes = events.changes(id, position); !changes
                    .isEmpty(); changes = events.changes(id, position)) {
                position = changes.position();
                write(out, "targets", position.toString(), Map.of("targets", changes.targets()));
            }
            if (job.revision() > sent) {
                write(out, "job", position.toString(), Status.of(job));
                sent = job.revision();
            } else {
                out.write(": still here\n\n");
            }
            if (job.settled()) {
                write(out, "end", position.toString(), Status.of(job));
            }
            // the writer swallows failures; here shows whether the reader has left
            if (out.checkError() || job.settled() || !reader.await(sent, HEARTBEAT)) {
                return;
            }
        }
    }

    private void write(PrintWriter out, String event, String id, Object data) {
        out.write("event: " + event + "\nid: " + id + "\ndata: " + json.writeValueAsString(data) + "\n\n");
    }

    private Job find(UUID id) {
        return jobs.find(id).orElseThrow(() -> Jobs.unknown(id));
    }
}
