package io.acmpintune.engine.queryaction;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.acmp.QueryActionInbox;
import io.acmpintune.engine.acmp.icql.QueryActionMessage;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.lane.LaneLostException;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * The lane that takes a workflow's query actions over SICS. A message is stored before it is processed, and answered after its job
 * is stored; unreadable messages are answered and kept. A message does not name its sender, so all ACMP servers of the workflow
 * are answered; each recognizes its own by the RequestId.
 */
final class QueryActionIntake {

    private static final Logger log = LoggerFactory.getLogger(QueryActionIntake.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final int PAGE = 100;
    /** How many running jobs one round looks at; the next round goes on from there. */
    private static final int UNREPORTED = 1_000;

    private final Workflow workflow;
    private final QueryActionInbox inbox;
    private final SicsMessageRepository messages;
    private final SicsReplies replies;
    private final Duration wait;
    private final InstantSource clock;
    private UUID reportedTo = SicsMessageRepository.BEGINNING;

    /**
     * The lane of a workflow.
     *
     * @param wait how long one poll of the target waits for a message; results of jobs wait no longer
     */
    QueryActionIntake(Workflow workflow, QueryActionInbox inbox, SicsMessageRepository messages, SicsReplies replies,
            Duration wait, InstantSource clock) {
        this.workflow = workflow;
        this.inbox = inbox;
        this.messages = messages;
        this.replies = replies;
        this.wait = wait;
        this.clock = clock;
    }

    Duration run(LaneRun lane) {
        while (!lane.stopping()) {
            Optional<ConnectionProblem> problem = round(lane);
            if (problem.isPresent()) {
                log.warn("No query actions are taken over SICS: {} (workflow={})", problem.get().text(), workflow);
                return AFTER_FAILURE;
            }
        }
        return Duration.ZERO;
    }

    private Optional<ConnectionProblem> round(LaneRun lane) {
        // messages that an earlier run stored come first
        process(lane);
        Optional<ConnectionProblem> unsent = publish(lane);
        if (unsent.isPresent()) {
            return unsent;
        }
        return switch (inbox.poll(wait)) {
            case QueryActionInbox.Polled.Messages(var bodies) -> {
                bodies.stream().filter(body -> !QueryActionMessage.isAnswer(body)).forEach(body -> store(lane, body));
                process(lane);
                yield publish(lane);
            }
            case QueryActionInbox.Polled.Unavailable(var problem) -> Optional.of(problem);
        };
    }

    /** A message that was read is gone from the target, so its sender has to know if it could not be stored. */
    private void store(LaneRun lane, String body) {
        try {
            lane.write(() -> messages.store(workflow.name(), body, clock.instant()));
        } catch (DataAccessException | LaneLostException e) {
            String requestId = switch (QueryActionMessage.read(body)) {
                case QueryActionMessage.Read.Understood(var message) -> message.requestId();
                case QueryActionMessage.Read.Malformed(var id, _) -> id;
            };
            log.error("A query action could not be stored and is refused (requestId={}, workflow={})", requestId,
                    workflow, e);
            String answer = QueryActionMessage.answer(requestId, null, ResultCode.Known.INTERNAL_ERROR,
                    "The query action could not be stored; no device was reached. Send it again with the same RequestId.");
            workflow.servers().forEach(server -> inbox.publish(server, answer));
            throw e;
        }
    }

    private void process(LaneRun lane) {
        for (SicsMessageRepository.Open message : messages.open(workflow.name(), PAGE)) {
            replies.answer(workflow, message, lane);
        }
        SicsMessageRepository.Part part = messages.unreported(workflow.name(), reportedTo, UNREPORTED);
        for (SicsMessageRepository.Unreported message : part.ended()) {
            replies.report(workflow, message, lane);
        }
        reportedTo = part.next();
    }

    /** Publishes the answers of each server in order; an unreachable server does not delay the others. */
    private Optional<ConnectionProblem> publish(LaneRun lane) {
        Optional<ConnectionProblem> first = Optional.empty();
        for (AcmpServer server : workflow.servers()) {
            Optional<ConnectionProblem> problem = publish(lane, server);
            if (first.isEmpty()) {
                first = problem;
            }
        }
        return first;
    }

    private Optional<ConnectionProblem> publish(LaneRun lane, AcmpServer server) {
        for (SicsMessageRepository.Answer answer : messages.answers(workflow.name(), server.id(), PAGE)) {
            Optional<ConnectionProblem> problem = inbox.publish(server, answer.body());
            if (problem.isPresent()) {
                return problem;
            }
            lane.write(() -> messages.published(answer.id()));
        }
        return Optional.empty();
    }
}
