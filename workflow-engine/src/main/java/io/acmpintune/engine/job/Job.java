package io.acmpintune.engine.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.problem.Problem;

/**
 * A job.
 *
 * @param impact the greatest impact on any of its targets
 * @param requestedBy the operator named by the caller
 * @param identity the authenticated caller
 * @param retryOf the job whose failed targets this one retries
 * @param expiresAt when targets that have not been handed over expire; an approval restarts it
 * @param finishedAt when it reached a final state; null = not yet
 * @param waiting why targets are not handed over at present; null = nothing holds them
 * @param revision grows with each change of the job or a target
 * @param targetCount the number of its targets
 * @param outcome the number of targets by state; still changes after the job has finished
 * @param targets all targets if they are few; null = read them in pages
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Job(UUID id, String workflow, QueryAction queryAction, Impact impact, String requestedBy,
        @Nullable String identity,
        @Nullable String justification, JobParameters parameters, @Nullable UUID retryOf, JobState state,
        Instant createdAt, Instant expiresAt, @Nullable Instant finishedAt, @Nullable Problem waiting, long revision,
        int targetCount,
        Map<ActionState, Integer> outcome, @Nullable List<Target> targets) {

    public Job {
        outcome = Map.copyOf(outcome);
        targets = targets == null ? null : List.copyOf(targets);
    }

    /** Returns the job with the states of its targets. */
    Job with(Map<ActionState, Integer> states, @Nullable List<Target> few) {
        return new Job(id, workflow, queryAction, impact, requestedBy, identity, justification, parameters, retryOf,
                state, createdAt, expiresAt, finishedAt, waiting, revision,
                states.values().stream().mapToInt(Integer::intValue).sum(), states, few);
    }

    /** Returns whether no target can change any more. */
    public boolean settled() {
        return state.isFinal() && outcome.keySet().stream().allMatch(target -> settled(queryAction, target));
    }

    private static boolean settled(QueryAction action, ActionState state) {
        return state.isFinal() || (state == ActionState.ACCEPTED && !action.kind().reportsOutcome());
    }

    /**
     * A target: one client of a job.
     *
     * @param device Intune's id; null = the client is unknown or has no device
     * @param name the client's name
     * @param serial the device's serial number, as it was when the job was started
     * @param owner the user principal name, as it was when the job was started; null also where it is hidden
     * @param userHidden whether the user must not be shown
     * @param ownership {@code company} or {@code personal}, as it was when the job was started
     * @param system the operating system with its version, as it was when the job was started, and likewise {@code model} and
     *            {@code lastSync}
     * @param impact of the action on this device
     * @param action the id of the connector's action; null = it has none
     * @param problem why it was refused, failed, or is uncertain
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(UUID clientId, @Nullable String device, @Nullable String name, @Nullable String serial,
            @Nullable String owner, boolean userHidden, @Nullable String ownership, @Nullable String system,
            @Nullable String model, @Nullable Instant lastSync, Impact impact, @Nullable UUID action,
            ActionState state, Instant stateAt, @Nullable Problem problem) {}

    /** A page of targets; {@code next} is the {@code after} of the next page, null after the last. */
    public record TargetPage(List<Target> targets, @Nullable UUID next) {
        public TargetPage {
            targets = List.copyOf(targets);
        }
    }

    /** A page of jobs, the newest first, without their targets; {@code next} as in {@link TargetPage}. */
    public record Page(List<Job> jobs, @Nullable UUID next) {
        public Page {
            jobs = List.copyOf(jobs);
        }
    }
}
