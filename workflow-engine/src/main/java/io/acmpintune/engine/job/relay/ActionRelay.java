package io.acmpintune.engine.job.relay;

import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.job.HeldJob;
import io.acmpintune.engine.job.JobLifecycle;
import io.acmpintune.engine.job.JobSignal;
import io.acmpintune.engine.safety.SafetyGate;
import io.acmpintune.engine.workflow.ConnectorProblem;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ActionApi;
import io.acmpintune.model.action.ActionCancellation;
import io.acmpintune.model.action.ActionChanges;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * The relay lane of one workflow: hands targets over to the connector, cancels actions there, and applies what the connector
 * reports. One lane does all three in this order, so that no report is read before its target knows the action.
 */
final class ActionRelay {

    private static final Logger log = LoggerFactory.getLogger(ActionRelay.class);
    private static final int PAGE = 500;
    private static final int BATCH = 200;
    /** How long the connector may hold a request for reports; new targets wait no longer than this. */
    private static final Duration LONG_POLL = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    /** How long one round sends, so that urgent targets wait no longer for a slow connector. */
    private static final Duration LONGEST_SENDING = Duration.ofSeconds(5);
    private static final int CONFLICT = 409;

    private final Workflow workflow;
    private final ActionApi connector;
    private final CommandSender sender;
    private final PositionExchange positions;
    private final Shared shared;
    private final JsonMapper json;
    private final InstantSource clock;

    /** What the lanes of all workflows share. */
    @Component
    record Shared(JobLifecycle jobs, HandOverRepository targets, TargetClaims claims, SafetyGate gate,
            ActionFeedRepository feed, ForeignActions foreign, RelayAudit audit, JobSignal signal,
            RestoreCheck restored) {}

    ActionRelay(Workflow workflow, ActionApi connector, CommandSender sender, PositionExchange positions, Shared shared,
            JsonMapper json, InstantSource clock) {
        this.workflow = workflow;
        this.connector = connector;
        this.sender = sender;
        this.positions = positions;
        this.shared = shared;
        this.json = json;
        this.clock = clock;
    }

    Duration run(LaneRun lane) {
        try {
            while (!lane.stopping()) {
                reportForeignActions(lane);
                shared.jobs().applyApprovals(lane);
                boolean more = handOver(lane);
                cancel(lane);
                positions.isBehind();
                follow(lane, more ? Duration.ZERO : LONG_POLL);
                if (shared.jobs().finishCompleted(lane) > 0) {
                    shared.signal().changed();
                }
            }
            return Duration.ZERO;
        } catch (RestClientException e) {
            Problem problem = ConnectorProblem.of(workflow, e, json);
            log.warn("Connector {} took no actions: {} {} (workflow={})", workflow.connector(), problem.detail(),
                    problem.remedy(), workflow);
            return AFTER_FAILURE;
        }
    }

    private void reportForeignActions(LaneRun lane) {
        if (shared.foreign().hasUnreported(workflow)) {
            lane.write(() -> shared.foreign().report(workflow));
        }
    }

    /** Returns whether there may be more to hand over. */
    private boolean handOver(LaneRun lane) {
        // targets that an earlier run claimed may have reached the connector: they are sent again under the same key
        Set<TargetKey> unsent = new HashSet<>(shared.claims().claim(lane));
        boolean more = !unsent.isEmpty();
        List<Answer> answers = new ArrayList<>();
        Instant end = clock.instant().plus(LONGEST_SENDING);
        try {
            List<ClaimedTarget> claimed = shared.targets().claimed(workflow.name(), BATCH);
            if (!claimed.isEmpty() && positions.isBehind()) {
                return more;
            }
            for (ClaimedTarget target : claimed) {
                if (lane.stopping() || clock.instant().isAfter(end)) {
                    break;
                }
                if (unsent.contains(target.key()) && shared.gate().isStopped(workflow.name())) {
                    // a stop does not wait for claims, so it may have been pressed since this one
                    continue;
                }
                boolean neverSent = unsent.remove(target.key());
                try {
                    answer(target, neverSent, lane).ifPresent(answers::add);
                } catch (ResourceAccessException e) {
                    if (neverSent && e.getCause() instanceof ConnectException) {
                        unsent.add(target.key());
                    }
                    throw e;
                }
            }
        } finally {
            apply(lane, answers, unsent);
        }
        return more;
    }

    /** Returns empty for a target that has to wait before its command is repeated. */
    private Optional<Answer> answer(ClaimedTarget target, boolean neverSent, LaneRun lane) {
        boolean cancelled = shared.targets().isCancellationRequested(target.key());
        if (neverSent) {
            return Optional.of(cancelled ? new Answer.Cancelled(target) : sender.send(target));
        }
        return switch (cancelled ? TargetClaims.Repetition.RECALL : shared.claims().repetition(lane, target)) {
            case SEND -> Optional.of(sender.send(target));
            case WAIT -> Optional.empty();
            case RECALL -> Optional.of(sender.recall(target));
        };
    }

    private void apply(LaneRun lane, List<Answer> answers, Set<TargetKey> unsent) {
        if (answers.isEmpty() && unsent.isEmpty()) {
            return;
        }
        lane.write(() -> {
            List<HeldJob> held = shared.jobs()
                    .hold(Stream.concat(answers.stream().map(answer -> answer.target().key()), unsent.stream())
                            .map(TargetKey::job)
                            .distinct()
                            .toList());
            List<Answer.Accepted> accepted = new ArrayList<>();
            List<Answer.Deferred> deferred = new ArrayList<>();
            for (Answer answer : answers) {
                switch (answer) {
                    case Answer.Accepted taken -> accepted.add(taken);
                    case Answer.Deferred later -> deferred.add(later);
                    case Answer.Refused(var target, var reason) ->
                        shared.targets().close(target.key(), ActionState.REFUSED, reason, clock.instant());
                    case Answer.Cancelled(var target) -> shared.targets()
                            .close(target.key(), ActionState.CANCELLED, JobLifecycle.cancelled(), clock.instant());
                }
            }
            deferred.forEach(answer -> unsent.add(answer.target().key()));
            shared.claims().defer(unsent, held);
            shared.targets().delay(deferred);
            List<TargetChange> changes = shared.targets().accept(accepted);
            shared.audit().answered(workflow.name(), answers);
            shared.audit().ended(workflow.name(), changes);
        });
        shared.signal().changed();
    }

    private void cancel(LaneRun lane) {
        for (HandOverRepository.Cancellation cancellation : shared.targets().cancellations(workflow.name(), BATCH)) {
            Optional<DeviceAction> cancelled = cancel(cancellation);
            lane.write(() -> {
                shared.jobs().hold(List.of(cancellation.key().job()));
                shared.targets().cancellationSent(cancellation.key());
                cancelled.ifPresent(action -> shared.audit()
                        .ended(workflow.name(), shared.targets().report(List.of(action))));
            });
            shared.signal().changed();
        }
    }

    /** Returns the cancelled action; empty when it is too late, and the feed reports how it goes on. */
    private Optional<DeviceAction> cancel(HandOverRepository.Cancellation cancellation) {
        try {
            return Optional.of(connector.cancel(workflow.connector(), cancellation.action(),
                    new ActionCancellation(cancellation.by())));
        } catch (RestClientException e) {
            Problem problem = ConnectorProblem.of(workflow, e, json);
            if (problem.status() != CONFLICT && problem.kind() != ProblemKind.UNKNOWN_ACTION) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private void follow(LaneRun lane, Duration longPoll) {
        ActionFeedRepository.Position position = shared.feed().position(workflow.name());
        ActionChanges page = connector.actionChanges(workflow.connector(), position.after(), PAGE, longPoll);
        if (position.feed() != null && !position.feed().equals(page.feed())) {
            lane.write(() -> {
                int lost = shared.targets().markLost(workflow.name());
                shared.feed().moveTo(workflow.name(), new ActionFeedRepository.Position(page.feed(), 0));
                log.warn("Connector {} has a new database; its actions are read again to find the open targets"
                        + " (workflow={}, targets={})", workflow.connector(), workflow, lost);
            });
            return;
        }
        if (position.feed() != null && page.next() < position.after()) {
            shared.restored()
                    .stop("The action feed of connector " + workflow.connector() + " went back from " + position.after()
                            + " to " + page.next() + ".");
        }
        // what the last page of the feed does not report is not known there
        List<UUID> lost = page.more() ? List.of() : shared.targets().jobsWithLost(workflow.name(), BATCH);
        ActionFeedRepository.Position next = new ActionFeedRepository.Position(page.feed(), page.next());
        if (!next.equals(position) || !lost.isEmpty()) {
            lane.write(() -> {
                shared.jobs().hold(shared.targets().jobsOf(page.changes()));
                List<TargetChange> changes = new ArrayList<>(shared.targets().report(page.changes()));
                shared.foreign().note(workflow, page.changes());
                shared.feed().moveTo(workflow.name(), next);
                shared.jobs().hold(lost);
                lost.forEach(job -> changes.addAll(shared.targets().giveUp(job, clock.instant())));
                shared.audit().ended(workflow.name(), changes);
            });
            shared.signal().changed();
        }
    }
}
