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
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.lane.LaneRun;
import io.acmpintune.runtime.problem.ProblemException;

/** Makes jobs of messages that came over SICS, and puts what is to be told of them among the answers. */
@Component
class SicsReplies {

    private static final Logger log = LoggerFactory.getLogger(SicsReplies.class);
    private static final int INTERNAL = 500;

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

    /** What is answered to a message. */
    private record Verdict(String requestId, @Nullable UUID job, ResultCode code, String message) {

        boolean refused() {
            return code != ResultCode.Known.OK;
        }
    }

    /** Makes the job of a message, once per RequestId, and has it answered. */
    void answer(Workflow workflow, SicsMessageRepository.Open message, LaneRun lane) {
        Verdict verdict = switch (QueryActionMessage.read(message.body())) {
            case QueryActionMessage.Read.Understood(var understood) -> start(workflow, understood);
            case QueryActionMessage.Read.Malformed(var requestId, var reason) -> new Verdict(requestId, null,
                    ResultCode.Known.INVALID_REQUEST, "The message cannot be read as a query action: " + reason + ".");
        };
        if (verdict.refused()) {
            log.warn("{}: query action {} over SICS is refused with result code {}; the message is kept as {}",
                    workflow, verdict.requestId(), verdict.code().number(), message.id());
        }
        Instant now = clock.instant();
        lane.write(() -> {
            messages.processed(message.id(), verdict.requestId(), verdict.job(),
                    verdict.refused() ? verdict.message() : null, now);
            tell(workflow, QueryActionMessage.answer(verdict.requestId(), verdict.job(), verdict.code(),
                    verdict.message()), now);
        });
    }

    private Verdict start(Workflow workflow, QueryActionMessage message) {
        try {
            Job job = queryActions.start(request(workflow, message), "sics:" + workflow.name(), message.requestId());
            Problem waiting = job.waiting();
            return new Verdict(message.requestId(), job.id(), ResultCode.Known.OK,
                    job.state() == JobState.AWAITING_APPROVAL && waiting != null
                            ? waiting.title() + ": " + waiting.detail()
                            : "");
        } catch (ProblemException e) {
            Problem problem = e.problem();
            return new Verdict(message.requestId(), null, problem.status() >= INTERNAL
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
                message.requestedBy(), given(message.justification()), flag(message.confirmed()),
                number(message.confirmedCount()), null);
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Anything but true is no confirmation. */
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

    /** Tells the result of a job at its end, so many clients per message as the workflow sends otherwise. */
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
                    page.targets().stream().map(SicsReplies::result).toList()));
        }
        Instant now = clock.instant();
        lane.write(() -> {
            messages.reported(message.id(), now);
            bodies.forEach(body -> tell(workflow, body, now));
        });
    }

    private static QueryActionMessage.ClientResult result(Job.Target target) {
        Problem problem = target.problem();
        return new QueryActionMessage.ClientResult(target.clientId(), target.state().text(),
                problem == null ? "" : problem.detail());
    }

    private void tell(Workflow workflow, String body, Instant now) {
        workflow.servers().forEach(server -> messages.answer(workflow.name(), server.id(), body, now));
    }
}
