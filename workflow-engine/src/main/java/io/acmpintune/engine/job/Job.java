package io.acmpintune.engine.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.problem.Problem;

/**
 * A job as it stands.
 *
 * @param requestedBy the operator, as the caller named him
 * @param identity who was authenticated as the caller; null = started before identities were kept
 * @param retryOf the job whose failed targets this one takes up again
 * @param finishedAt when it came to its end as ACMP means it; null = not yet
 * @param waiting why targets are not handed over at present; null = nothing holds them
 * @param revision grows with each change of the job or a target
 * @param targetCount how many clients it has
 * @param outcome how many targets are in which state; goes on changing after the job is finished
 * @param targets all of them where they are few; null where they are to be read in pages
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Job(UUID id, String workflow, QueryAction queryAction, String requestedBy, @Nullable String identity,
        @Nullable String justification, JobParameters parameters, @Nullable UUID retryOf, JobState state,
        Instant createdAt, @Nullable Instant finishedAt, @Nullable Problem waiting, long revision, int targetCount,
        Map<ActionState, Integer> outcome, @Nullable List<Target> targets) {

    public Job {
        outcome = Map.copyOf(outcome);
        targets = targets == null ? null : List.copyOf(targets);
    }

    /** The same with how its targets stand. */
    Job with(Map<ActionState, Integer> reached, @Nullable List<Target> few) {
        return new Job(id, workflow, queryAction, requestedBy, identity, justification, parameters, retryOf, state,
                createdAt, finishedAt, waiting, revision,
                reached.values().stream().mapToInt(Integer::intValue).sum(), reached, few);
    }

    /** True when nothing more will be heard of any target. */
    public boolean settled() {
        return state.isFinal() && outcome.keySet().stream().allMatch(reached -> settled(queryAction, reached));
    }

    private static boolean settled(QueryAction action, ActionState reached) {
        return reached.isFinal() || (reached == ActionState.ACCEPTED && !action.kind().tellsOutcome());
    }

    /**
     * One client of a job.
     *
     * @param device Intune's id; null when the client is none of ours
     * @param name the client's name
     * @param serial the device's serial number, as it was when the job was started
     * @param owner the user principal name, as it was when the job was started; null also where it is hidden
     * @param userHidden whether the user must not be shown
     * @param ownership {@code company} or {@code personal}, as it was when the job was started
     * @param action the connector's action; null = it has none yet, or refused to take one
     * @param problem why it was refused, failed, or is uncertain
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(UUID clientId, @Nullable String device, @Nullable String name, @Nullable String serial,
            @Nullable String owner, boolean userHidden, @Nullable String ownership, @Nullable UUID action,
            ActionState state,
            Instant stateAt, @Nullable Problem problem) {}

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
