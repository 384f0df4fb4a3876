package io.acmpintune.engine.job.relay;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.workflow.ConnectorProblem;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ActionApi;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.action.WipeOptions;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.secret.UnlockCodeCipher;

/** Sends the commands of claimed targets to the connector of one workflow. */
final class CommandSender {

    /** The status of a reached cap or limit of the connector. */
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private final Workflow workflow;
    private final ActionApi connector;
    private final UnlockCodeCipher unlockCodeCipher;
    private final JsonMapper json;
    private final InstantSource clock;

    CommandSender(Workflow workflow, ActionApi connector, UnlockCodeCipher unlockCodeCipher, JsonMapper json,
            InstantSource clock) {
        this.workflow = workflow;
        this.connector = connector;
        this.unlockCodeCipher = unlockCodeCipher;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Sends a target's command. The key is the same each time: after a lost answer the connector returns the action it has.
     *
     * @throws RestClientException when the connector cannot be reached, or refuses for a reason that is not about the target
     */
    Answer send(ClaimedTarget target) {
        Optional<ActionCommand> command = command(target);
        if (command.isEmpty()) {
            return new Answer.Refused(target, Problem.of(ProblemKind.UNLOCK_CODE_UNREADABLE,
                    "The key in engine.secrets.key is not the one that the job's unlock code was encrypted with.",
                    "Retry the job, and give the code again."));
        }
        try {
            return new Answer.Accepted(target, connector.requestAction(workflow.connector(),
                    target.key().idempotencyKey(), command.get()));
        } catch (RestClientResponseException e) {
            Problem problem = ConnectorProblem.of(workflow, e, json);
            if (e.getStatusCode().value() == TOO_MANY_REQUESTS) {
                return new Answer.Deferred(target, problem, clock.instant().plus(pause(e)));
            }
            if (!concernsTheTarget(problem)) {
                throw e;
            }
            return new Answer.Refused(target, problem);
        }
    }

    /**
     * Asks for the action of a target that must not be sent any more. The connector makes none, but may have one.
     *
     * @throws RestClientException as {@link #send}
     */
    Answer recall(ClaimedTarget target) {
        Answer answer = send(target.recalled());
        return answer instanceof Answer.Accepted(_, var action) && action.state() == ActionState.EXPIRED
                ? new Answer.Cancelled(target)
                : answer;
    }

    /** Empty when the job's unlock code cannot be decrypted any more. */
    private Optional<ActionCommand> command(ClaimedTarget target) {
        WipeOptions wipe = target.parameters().wipe();
        try {
            return Optional.of(new ActionCommand(target.queryAction().kind(), target.device(), target.requestedBy(),
                    target.justification(), target.expiresAt(),
                    wipe == null
                            ? null
                            : wipe.withCode(unlockCodeCipher.decrypt(target.key().job(), target.sealedCode())),
                    target.parameters().notification(), workflow.name(),
                    // also where only the connector's own data makes it destructive
                    target.queryAction().greatestImpact() == Impact.DESTRUCTIVE ? target.expected() : null));
        } catch (UnlockCodeCipher.UndecryptableException _) {
            return Optional.empty();
        }
    }

    /** All other problems are about the connector: an administrator can fix them, and the target waits for that. */
    private static boolean concernsTheTarget(Problem problem) {
        return problem.kind() == ProblemKind.UNKNOWN_DEVICE || problem.kind() == ProblemKind.IDEMPOTENCY_KEY_REUSED
                || problem.kind() == ProblemKind.INVALID_REQUEST;
    }

    /** Returns how long the connector asks to wait, within sensible bounds. */
    private static Duration pause(RestClientResponseException limited) {
        String header = limited.getResponseHeaders() == null
                ? null
                : limited.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER);
        long seconds = header != null && header.matches("\\d{1,6}") ? Long.parseLong(header) : 0;
        return Duration.ofSeconds(Math.clamp(seconds, SHORTEST_PAUSE.toSeconds(), LONGEST_PAUSE.toSeconds()));
    }
}
