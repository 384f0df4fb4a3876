package io.acmpintune.engine.web;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
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

    private static final Logger log = LoggerFactory.getLogger(JobEventController.class);

    /** Shorter than the idle timeouts of proxies. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final MediaType EVENTS = new MediaType(MediaType.TEXT_EVENT_STREAM, StandardCharsets.UTF_8);

    /** How long a stream waits for a database that fails. */
    private static final Duration RETRY = Duration.ofSeconds(2);
    /** How many streams read at once, so that they leave connections to others. */
    private static final int READING = 4;

    private final Jobs jobs;
    private final JobEvents events;
    private final JsonMapper json;
    private final Duration heartbeat;
    private final Semaphore reading = new Semaphore(READING, true);

    @Autowired
    JobEventController(Jobs jobs, JobEvents events, JsonMapper json) {
        this(jobs, events, json, HEARTBEAT);
    }

    JobEventController(Jobs jobs, JobEvents events, JsonMapper json, Duration heartbeat) {
        this.jobs = jobs;
        this.events = events;
        this.json = json;
        this.heartbeat = heartbeat;
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

    /** What a stream has read: the job, and the next changes after a position. */
    private record Step(Job job, JobEvents.Changes changes) {}

    private void stream(UUID id, JobEvents.Position from, JobEvents.Reader reader, PrintWriter out)
            throws InterruptedException {
        JobEvents.Position position = from;
        long sent = -1;
        // shows that the stream is open, however long the first read takes
        beat(out);
        // the writer swallows failures; here shows whether the reader has left
        while (!out.checkError()) {
            Step step = read(id, position).orElse(null);
            if (step == null) {
                beat(out);
                if (reader.await(Long.MAX_VALUE, RETRY) == JobEvents.Wake.SERVICE_STOPS) {
                    return;
                }
                continue;
            }
            if (!step.changes().isEmpty()) {
                position = step.changes().position();
                write(out, "targets", position.toString(), Map.of("targets", step.changes().targets()));
                continue;
            }
            if (step.job().revision() > sent) {
                write(out, "job", position.toString(), Status.of(step.job()));
                sent = step.job().revision();
            }
            if (step.job().settled()) {
                write(out, "end", position.toString(), Status.of(step.job()));
                return;
            }
            if (!awaitChange(reader, sent, out)) {
                return;
            }
        }
    }

    /** Sends heartbeats without reading anything until the job has changed; false = the stream is at its end. */
    private boolean awaitChange(JobEvents.Reader reader, long sent, PrintWriter out) throws InterruptedException {
        while (!out.checkError()) {
            switch (reader.await(sent, heartbeat)) {
                case CHANGED -> {
                    return true;
                }
                case SERVICE_STOPS -> {
                    return false;
                }
                case TIME_IS_UP -> beat(out);
            }
        }
        return false;
    }

    /** Returns nothing if the database fails, or is too busy for this long. */
    private Optional<Step> read(UUID id, JobEvents.Position position) throws InterruptedException {
        if (!reading.tryAcquire(heartbeat.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        try {
            // read before the changes: a change in between is sent twice rather than never
            Job job = find(id);
            return Optional.of(new Step(job, events.changes(id, position)));
        } catch (DataAccessException e) {
            log.debug("A stream cannot read its job (job={})", id, e);
            return Optional.empty();
        } finally {
            reading.release();
        }
    }

    private static void beat(PrintWriter out) {
        out.write(": still here\n\n");
    }

    private void write(PrintWriter out, String event, String id, Object data) {
        out.write("event: " + event + "\nid: " + id + "\ndata: " + json.writeValueAsString(data) + "\n\n");
    }

    private Job find(UUID id) {
        return jobs.find(id).orElseThrow(() -> Jobs.unknown(id));
    }
}
