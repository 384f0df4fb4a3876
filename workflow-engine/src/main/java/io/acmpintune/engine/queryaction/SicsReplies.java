package io.acmpintune.engine.queryaction;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.acmp.icql.QueryActionMessage;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.engine.safety.SafetyGate;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.lane.LaneRun;
import io.acmpintune.runtime.problem.ProblemException;

/** Starts the jobs of messages that came over SICS, and stores the answers about them. */
@Component
class SicsReplies {

    private static final Logger log = LoggerFactory.getLogger(SicsReplies.class);
    private static final int INTERNAL = 500;
    private static final String CLAIMED = "claimed: ";

    private final QueryActions queryActions;
    private final Jobs jobs;
    private final SicsMessageRepository messages;
    private final InstantSource clock;

    SicsReplies(QueryActions queryActions, Jobs jobs, SicsMessageRepository messages, InstantSource clock) {
        this.queryActions = queryActions;
        this.jobs = jobs;
        this.messages = messages;
        this.clock = clock;
    }

    /** The result of a message. */
    private record Result(String requestId, @Nullable UUID job, ResultCode code, String message) {

        boolean refused() {
            return code != ResultCode.Known.OK;
        }
    }

    /** Starts the job of a message, once per RequestId, and stores its answer. */
    void answer(Workflow workflow, SicsMessageRepository.Open message, LaneRun lane) {
        Result result = switch (QueryActionMessage.read(message.body())) {
            case QueryActionMessage.Read.Understood(var understood) -> start(workflow, understood);
            case QueryActionMessage.Read.Malformed(var requestId, var reason) -> new Result(requestId, null,
                    ResultCode.Known.INVALID_REQUEST, "The message cannot be read as a query action: " + reason + ".");
        };
        if (result.refused()) {
            log.warn("Refused a query action over SICS; its message is kept (requestId={}, resultCode={}, message={},"
                    + " workflow={})", result.requestId(), result.code().number(), message.id(), workflow);
        }
        Instant now = clock.instant();
        lane.write(() -> {
            messages.processed(message.id(), result.requestId(), result.job(),
                    result.refused() ? result.message() : null, now);
            answer(workflow, QueryActionMessage.answer(result.requestId(), result.job(), result.code(),
                    result.message()), now);
        });
    }

    private Result start(Workflow workflow, QueryActionMessage message) {
        try {
            Job job = queryActions.start(request(workflow, message), SafetyGate.SICS, message.requestId());
            Problem waiting = job.waiting();
            return new Result(message.requestId(), job.id(), ResultCode.Known.OK,
                    job.state() == JobState.AWAITING_APPROVAL && waiting != null
                            ? waiting.title() + ": " + waiting.detail()
                            : "");
        } catch (ProblemException e) {
            Problem problem = e.problem();
            return new Result(message.requestId(), null, problem.status() >= INTERNAL
                    ? ResultCode.Known.INTERNAL_ERROR
                    : ResultCode.Known.INVALID_REQUEST, text(problem));
        }
    }

    private static String text(Problem problem) {
        List<Problem.FieldError> errors = Objects.requireNonNullElse(problem.errors(), List.of());
        return problem.detail() + errors.stream()
                .map(error -> " " + error.field() + ": " + error.reason() + ".")
                .collect(Collectors.joining()) + " " + problem.remedy();
    }

    private static QueryActionRequest request(Workflow workflow, QueryActionMessage message) {
        return new QueryActionRequest(message.action(), workflow.name(), new ArrayList<>(message.clientIds()), null,
                null, new QueryActionRequest.Parameters(given(message.title()), given(message.body()),
                        flag(message.keepEnrollmentData()), flag(message.keepUserData()),
                        flag(message.persistEsimDataPlan()), null, null),
                claimed(message.requestedBy()), given(message.justification()), flag(message.confirmed()),
                number(message.confirmedCount()), null);
    }

    /** Anybody who may publish can write any name. */
    private static @Nullable String claimed(String requestedBy) {
        return requestedBy.isBlank() ? null : CLAIMED + requestedBy.strip();
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Anything but true does not confirm. */
    private static @Nullable Boolean flag(String text) {
        return text.isEmpty() ? null : text.equalsIgnoreCase("true");
    }

    private static @Nullable Integer number(String text) {
        try {
            return text.isEmpty() ? null : Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /** Stores the result of an ended job, in messages of the workflow's batch size. */
    void report(Workflow workflow, SicsMessageRepository.Unreported message, LaneRun lane) {
        Optional<Job> found = jobs.find(message.job());
        if (found.isEmpty()) {
            return;
        }
        Job job = found.get();
        int parts = Math.max(1, Math.ceilDiv(job.targetCount(), workflow.publishing().batchSize()));
        List<String> bodies = new ArrayList<>();
        UUID after = null;
        for (int part = 1; part <= parts; part++) {
            Job.TargetPage page = jobs.targets(job.id(), null, after, workflow.publishing().batchSize());
            after = page.next();
            bodies.add(QueryActionMessage.result(message.requestId(), job.id(), job.state().name(), part, parts,
                    page.targets().stream().map(SicsReplies::clientResult).toList()));
        }
        Instant now = clock.instant();
        lane.write(() -> {
            messages.reported(message.id(), now);
            bodies.forEach(body -> answer(workflow, body, now));
        });
    }

    private static QueryActionMessage.ClientResult clientResult(Job.Target target) {
        Problem problem = target.problem();
        return new QueryActionMessage.ClientResult(target.clientId(), target.state().text(),
                problem == null ? "" : problem.detail());
    }

    private void answer(Workflow workflow, String body, Instant now) {
        workflow.servers().forEach(server -> messages.answer(workflow.name(), server.id(), body, now));
    }
}
