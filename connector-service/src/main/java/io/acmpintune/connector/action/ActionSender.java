package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.connector.graph.ApprovalStatus;
import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.inventory.FeedSignal;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Approval;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.lane.LaneRun;

/** The send lane of one connector: what is too late expires, what is due or approved is submitted, a batch at a time. */
final class ActionSender {

    /** Graph's largest batch. */
    static final int BATCH = 20;
    static final Duration IDLE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(ActionSender.class);

    private final Connector connector;
    private final Graph graph;
    private final ActionRepository actions;
    private final ActionSubmitter submitter;
    private final FeedSignal signal;
    private final InstantSource clock;

    ActionSender(Connector connector, Graph graph, ActionRepository actions, ActionSubmitter submitter,
            FeedSignal signal, InstantSource clock) {
        this.connector = connector;
        this.graph = graph;
        this.actions = actions;
        this.submitter = submitter;
        this.signal = signal;
        this.clock = clock;
    }

    Duration run(LaneRun lane) {
        abandoned(lane);
        expire(lane);
        boolean busy = true;
        while (busy && !lane.stopping()) {
            boolean sent = send(lane);
            // not only when nothing else is to be sent: that may take long
            busy = approvals(lane) || sent;
            if (busy) {
                signal.changed();
                expire(lane);
            }
        }
        return IDLE;
    }

    /** This lane alone sends, so what is in the middle of sending when it starts was left there by a process that died. */
    private void abandoned(LaneRun lane) {
        for (StoredAction stored : actions.in(connector.name(), ActionState.SENDING)) {
            Problem died = ActionSubmitter.answerLost(
                    "The process that sent the action ended before it stored Intune's answer.");
            log.warn("Action {} on {} was left in the middle of sending", stored.action().id(), stored.device());
            lane.write(() -> actions.take(connector.name(), stored.action(),
                    Transition.to(ActionState.UNCERTAIN).after(connector.followUp().first()).because(died),
                    clock.instant()));
        }
    }

    private void expire(LaneRun lane) {
        for (StoredAction stored : actions.overdue(connector.name(), clock.instant(), BATCH)) {
            Problem late = Problem.of(ProblemKind.ACTION_EXPIRED,
                    "The action was to be sent by " + stored.expiresAt() + ".",
                    "Order it again if it is still wanted.");
            // what was cancelled in this moment stays cancelled
            lane.write(() -> actions.tryTake(connector.name(), stored.action(),
                    Transition.to(ActionState.EXPIRED).because(late), clock.instant()));
        }
    }

    /** Sends one batch; false when nothing was due. */
    private boolean send(LaneRun lane) {
        int waiting = due(BATCH).size();
        if (waiting == 0 || !graph.actions().reserve(waiting)) {
            return false;
        }
        // what waited for room may have been cancelled meanwhile
        List<StoredAction> due = due(waiting);
        if (due.isEmpty()) {
            return false;
        }
        submitter.submit(due, null, lane);
        return true;
    }

    /** Looks how one batch of requests for approval stands, and repeats what was approved; false when none was due. */
    private boolean approvals(LaneRun lane) {
        List<StoredAction> due = actions.due(connector.name(), List.of(ActionState.AWAITING_APPROVAL), clock.instant(),
                BATCH);
        if (due.isEmpty()) {
            return false;
        }
        Map<String, ApprovalStatus> looks = graph.approvals().statuses(due.stream().map(ActionSender::code).distinct().toList());
        List<StoredAction> approved = new ArrayList<>();
        lane.write(() -> {
            for (StoredAction stored : due) {
                ApprovalStatus look = looks.get(code(stored));
                if (look == null) {
                    throw new IllegalStateException("every code asked for has a look");
                }
                Transition step = Decisions.afterApprovalLook(stored, look, connector.followUp(), clock.instant());
                if (step.to() == ActionState.SENDING) {
                    approved.add(stored);
                } else {
                    actions.take(connector.name(), stored.action(), step, clock.instant());
                }
            }
        });
        if (approved.isEmpty()) {
            return true;
        }
        if (!graph.actions().reserve(approved.size())) {
            // they are approved all the same, and looked at again in the lane's next run
            return false;
        }
        submitter.submit(approved, "approved in Intune", lane);
        return true;
    }

    private static String code(StoredAction stored) {
        Approval approval = stored.action().approval();
        if (approval == null) {
            throw new IllegalStateException("an action that awaits approval has its code");
        }
        return approval.code();
    }

    private List<StoredAction> due(int limit) {
        return actions.due(connector.name(), List.of(ActionState.QUEUED), clock.instant(), limit);
    }
}
