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
import io.acmpintune.runtime.lane.LaneRun;

/** The send lane of one connector: expires actions that are too late, and submits due and approved ones in batches. */
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
        markAbandoned(lane);
        expire(lane);
        boolean busy = true;
        while (busy && !lane.stopping()) {
            boolean sent = sendBatch(lane);
            // in every round, because the queue may stay full for a long time
            busy = checkApprovals(lane) || sent;
            if (busy) {
                signal.changed();
                expire(lane);
            }
        }
        return IDLE;
    }

    /** Only this lane sends, so actions that are being sent when it starts were left by a process that died. */
    private void markAbandoned(LaneRun lane) {
        for (StoredAction stored : actions.in(connector.name(), ActionState.SENDING)) {
            Problem died = ActionSubmitter.answerLost(
                    "The process that sent the action died before it stored Intune's answer.");
            log.warn("Found an action whose sending was interrupted (action={}, device={})", stored.action().id(),
                    stored.device());
            lane.write(() -> actions.apply(connector.name(), stored.action(),
                    Transition.to(ActionState.UNCERTAIN).after(connector.followUp().first()).because(died),
                    clock.instant()));
        }
    }

    private void expire(LaneRun lane) {
        for (StoredAction stored : actions.overdue(connector.name(), clock.instant(), BATCH)) {
            // an action that was cancelled meanwhile stays cancelled
            lane.write(() -> actions.tryApply(connector.name(), stored.action(),
                    OutcomeTransitions.late(stored.expiresAt()), clock.instant()));
        }
    }

    /** Sends one batch; returns false if nothing was due. */
    private boolean sendBatch(LaneRun lane) {
        int waiting = due(BATCH).size();
        if (waiting == 0 || !graph.actions().reserve(waiting)) {
            return false;
        }
        // actions may have been cancelled during the wait
        List<StoredAction> due = due(waiting);
        if (due.isEmpty()) {
            return false;
        }
        submitter.submit(due, null, lane);
        return true;
    }

    /** Checks one batch of approval requests, and sends approved actions again; returns false if none was due. */
    private boolean checkApprovals(LaneRun lane) {
        List<StoredAction> due = actions.due(connector.name(), List.of(ActionState.AWAITING_APPROVAL), clock.instant(),
                BATCH);
        if (due.isEmpty()) {
            return false;
        }
        Map<String, ApprovalStatus> statuses = graph.approvals()
                .statuses(due.stream().map(ActionSender::code).distinct().toList());
        List<StoredAction> approved = new ArrayList<>();
        lane.write(() -> {
            for (StoredAction stored : due) {
                ApprovalStatus status = statuses.get(code(stored));
                if (status == null) {
                    throw new IllegalStateException("every approval request read has a status");
                }
                Transition transition = ApprovalTransitions.afterStatus(stored, status, connector.followUp(),
                        clock.instant());
                if (transition.to() == ActionState.SENDING) {
                    approved.add(stored);
                } else {
                    actions.apply(connector.name(), stored.action(), transition, clock.instant());
                }
            }
        });
        if (approved.isEmpty()) {
            return true;
        }
        if (!graph.actions().reserve(approved.size())) {
            // they stay approved and are checked again in the lane's next run
            return false;
        }
        submitter.submit(approved, "approved in Intune", lane);
        return true;
    }

    private static String code(StoredAction stored) {
        Approval approval = stored.action().approval();
        if (approval == null) {
            throw new IllegalStateException("an action that awaits approval has a code");
        }
        return approval.code();
    }

    private List<StoredAction> due(int limit) {
        return actions.queued(connector.name(), clock.instant(), limit);
    }
}
