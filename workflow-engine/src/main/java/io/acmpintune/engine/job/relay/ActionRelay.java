package io.acmpintune.engine.job.relay;

import java.net.ConnectException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.job.HeldJob;
import io.acmpintune.engine.job.JobLifecycle;
import io.acmpintune.engine.job.JobSignal;
import io.acmpintune.engine.workflow.ConnectorProblem;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ActionApi;
import io.acmpintune.model.action.ActionCancellation;
import io.acmpintune.model.action.ActionChanges;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * The relay lane of one workflow: hands targets to the connector, takes back what was cancelled, and takes over what becomes
 * of the actions. All in one lane, and in this order, so that no news of an action is read before its target knows the action.
 */
final class ActionRelay {

    private static final Logger log = LoggerFactory.getLogger(ActionRelay.class);
    private static final int PAGE = 500;
    private static final int BATCH = 200;
    /** New targets wait no longer than this. */
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    /** A cap or a limit of the connector: its status is 429. */
    private static final int NO_ROOM = 429;
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private final Workflow workflow;
    private final ActionApi connector;
    private final Relaying relaying;
    private final CommandBuilder commands;
    private final JsonMapper json;
    private final InstantSource clock;

    /** The tables' side of relaying, the same for all workflows. */
    @Component
    record Relaying(JobLifecycle jobs, HandOverRepository handOvers, KeptTargets kept, LostTargets lost,
            TargetClaims claims, ActionFeedRepository feed, RelayAudit audit, JobSignal signal) {}

    ActionRelay(Workflow workflow, ActionApi connector, Relaying relaying, CommandBuilder commands, JsonMapper json,
            InstantSource clock) {
        this.workflow = workflow;
        this.connector = connector;
        this.relaying = relaying;
        this.commands = commands;
        this.json = json;
        this.clock = clock;
    }

    Duration run(LaneRun lane) {
        try {
            while (!lane.stopping()) {
                relaying.jobs().applyApprovals(lane);
                boolean more = handOver(lane);
                withdraw(lane);
                follow(lane, more ? Duration.ZERO : WAIT);
                if (relaying.jobs().finishCompleted(lane) > 0) {
                    relaying.signal().changed();
                }
            }
            return Duration.ZERO;
        } catch (RestClientException e) {
            Problem problem = problem(e);
            log.warn("{} cannot reach {}: {} {}", workflow, workflow.connector(), problem.detail(), problem.remedy());
            return AFTER_FAILURE;
        }
    }

    /** True when there may be more to be handed over. */
    private boolean handOver(LaneRun lane) {
        // what an earlier run claimed may have reached the connector: it is asked again under the same key
        Set<TargetClaims.Key> untouched = new HashSet<>(relaying.claims().claim(lane));
        boolean more = !untouched.isEmpty();
        List<HandOverRepository.Answer> answers = new ArrayList<>();
        try {
            for (HandOverRepository.InHand target : relaying.handOvers().inHand(workflow.name(), BATCH)) {
                if (lane.stopping()) {
                    break;
                }
                TargetClaims.Key key = new TargetClaims.Key(target.job(), target.clientId());
                boolean untold = untouched.remove(key);
                try {
                    answers.add(untold && relaying.handOvers().takenBack(target.job(), target.clientId())
                            ? new HandOverRepository.Answer(target, null, null, null)
                            : order(target));
                } catch (ResourceAccessException e) {
                    if (untold && e.getCause() instanceof ConnectException) {
                        untouched.add(key);
                    }
                    throw e;
                }
            }
        } finally {
            take(lane, answers, untouched);
        }
        return more;
    }

    private HandOverRepository.Answer order(HandOverRepository.InHand target) {
        try {
            // the same key each time: after a lost answer the connector tells the action that it has
            return commands.of(workflow, target)
                    .map(command -> new HandOverRepository.Answer(target, connector.requestAction(workflow.connector(),
                            target.job() + "/" + target.clientId(), command), null, null))
                    .orElseGet(
                            () -> new HandOverRepository.Answer(target, null, CommandBuilder.unreadableCode(), null));
        } catch (RestClientResponseException e) {
            Problem problem = problem(e);
            if (e.getStatusCode().value() == NO_ROOM) {
                return new HandOverRepository.Answer(target, null, problem, clock.instant().plus(pause(e)));
            }
            if (!concernsTheTarget(problem)) {
                throw e;
            }
            return new HandOverRepository.Answer(target, null, problem, null);
        }
    }

    /** How long the connector asks to wait, within reason: at least so long that nothing is asked again and again. */
    private static Duration pause(RestClientResponseException limited) {
        String header = limited.getResponseHeaders() == null
                ? null
                : limited.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER);
        long seconds = header != null && header.matches("\\d{1,6}") ? Long.parseLong(header) : 0;
        return Duration.ofSeconds(Math.clamp(seconds, SHORTEST_PAUSE.toSeconds(), LONGEST_PAUSE.toSeconds()));
    }

    private void take(LaneRun lane, List<HandOverRepository.Answer> answers, Set<TargetClaims.Key> untouched) {
        if (answers.isEmpty() && untouched.isEmpty()) {
            return;
        }
        lane.write(() -> {
            List<HeldJob> held = relaying.jobs()
                    .hold(Stream.concat(answers.stream().map(answer -> answer.target().job()),
                            untouched.stream().map(TargetClaims.Key::job)).distinct().toList());
            List<HandOverRepository.Answer> later = answers.stream().filter(answer -> answer.until() != null).toList();
            later.forEach(answer -> untouched.add(answer.key()));
            relaying.claims().putBack(untouched, held);
            relaying.kept().defer(later);
            List<HandOverRepository.Moved> moved = relaying.handOvers()
                    .relayed(answers.stream().filter(answer -> answer.action() != null).toList());
            for (HandOverRepository.Answer answer : answers) {
                if (answer.action() == null && answer.until() == null) {
                    end(answer.target(), answer.refusal());
                }
            }
            relaying.audit().answered(workflow.name(), answers);
            relaying.audit().ended(workflow.name(), moved);
        });
        relaying.signal().changed();
    }

    private void end(HandOverRepository.InHand target, @Nullable Problem refusal) {
        relaying.handOvers()
                .end(target.job(), List.of(target.clientId()), refusal == null ? "CANCELLED" : "REFUSED",
                        Objects.requireNonNullElseGet(refusal, JobLifecycle::cancelled),
                        clock.instant());
    }

    /** All else is about the connector as a whole: somebody can put it right, and the target waits for that. */
    private static boolean concernsTheTarget(Problem problem) {
        return switch (problem.kind()) {
            case UNKNOWN_DEVICE, IDEMPOTENCY_KEY_REUSED, INVALID_REQUEST -> true;
            default -> false;
        };
    }

    private void withdraw(LaneRun lane) {
        for (HandOverRepository.Withdrawal withdrawal : relaying.handOvers().withdrawals(workflow.name(), BATCH)) {
            DeviceAction action = withdraw(withdrawal);
            lane.write(() -> {
                relaying.jobs().hold(List.of(withdrawal.job()));
                relaying.handOvers().withdrawn(withdrawal);
                if (action != null) {
                    relaying.audit().ended(workflow.name(), relaying.handOvers().follow(List.of(action)));
                }
            });
            relaying.signal().changed();
        }
    }

    /** The cancelled action; null when it is too late, which the feed tells more of. */
    private @Nullable DeviceAction withdraw(HandOverRepository.Withdrawal withdrawal) {
        try {
            return connector.cancel(workflow.connector(), withdrawal.action(),
                    new ActionCancellation(withdrawal.by()));
        } catch (RestClientException e) {
            Problem problem = problem(e);
            if (problem.status() != 409 && problem.kind() != ProblemKind.UNKNOWN_ACTION) {
                throw e;
            }
            return null;
        }
    }

    private void follow(LaneRun lane, Duration wait) {
        ActionFeedRepository.Position position = relaying.feed().position(workflow.name());
        ActionChanges page = connector.actionChanges(workflow.connector(), position.after(), PAGE, wait);
        if (position.feed() != null && !position.feed().equals(page.feed())) {
            lane.write(() -> {
                int lost = relaying.lost().lose(workflow.name());
                relaying.feed().moveTo(workflow.name(), new ActionFeedRepository.Position(page.feed(), 0));
                log.warn(
                        "{}: {} has another action feed, as after a new database; {} open targets are looked for in it",
                        workflow, workflow.connector(), lost);
            });
            return;
        }
        List<UUID> lost = page.more() ? List.of() : relaying.lost().jobs(workflow.name());
        ActionFeedRepository.Position next = new ActionFeedRepository.Position(page.feed(), page.next());
        if (!next.equals(position) || !lost.isEmpty()) {
            lane.write(() -> {
                relaying.jobs().hold(relaying.handOvers().jobsOf(page.changes()));
                List<HandOverRepository.Moved> moved = new ArrayList<>(
                        relaying.handOvers().follow(page.changes()));
                relaying.feed().moveTo(workflow.name(), next);
                relaying.jobs().hold(lost);
                lost.forEach(job -> moved.addAll(relaying.lost().giveUp(job, clock.instant())));
                relaying.audit().ended(workflow.name(), moved);
            });
            relaying.signal().changed();
        }
    }

    private Problem problem(RestClientException failure) {
        return ConnectorProblem.of(workflow, failure, json);
    }
}
