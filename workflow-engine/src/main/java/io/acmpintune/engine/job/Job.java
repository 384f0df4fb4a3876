package io.acmpintune.engine.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.problem.Problem;

/**
 * A job as it stands.
 *
 * @param state whether all targets were handed over
 * @param finishedAt when the last target had been handed to Intune or refused; null = running
 * @param outcome how many targets are in which state; goes on changing after the job is finished
 */
public record Job(UUID id, String workflow, QueryAction queryAction, String requestedBy, State state, Instant createdAt,
        @Nullable Instant finishedAt, Map<ActionState, Integer> outcome, List<Target> targets) {

    public Job {
        outcome = Map.copyOf(outcome);
        targets = List.copyOf(targets);
    }

    /** A job's state as ACMP's Job Monitor means it. */
    public enum State {
        /** Some target is not yet handed to Intune. */
        RUNNING,
        /** Every target was handed to Intune or refused; what the devices do is told by the outcome. */
        FINISHED
    }

    /**
     * One client of a job.
     *
     * @param device Intune's id; null when the client is none of ours
     * @param name the client's name
     * @param problem why it was refused, failed, or is uncertain
     */
    public record Target(UUID clientId, @Nullable String device, @Nullable String name, ActionState state,
            Instant stateAt, @Nullable Problem problem) {}
}
