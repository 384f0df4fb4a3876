package io.acmpintune.engine.job.relay;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.job.HeldJob;
import io.acmpintune.engine.job.JobLifecycle;
import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.safety.SafetyGate;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * Claims targets of running jobs, and asks the safety limits in the same transaction: only claimed targets are handed over, and
 * every claimed target has passed the limits.
 */
@Component
class TargetClaims {

    /** Per kind; few, so that an emergency stop takes effect although the connector cannot be reached. */
    static final int MOST_UNSENT_DESTRUCTIVE = 20;
    private static final int BATCH = 100;
    private static final List<QueryAction> DESTRUCTIVE = actions(true);
    private static final List<QueryAction> HARMLESS = actions(false);

    private final JobLifecycle jobs;
    private final HandOverRepository targets;
    private final SafetyGate gate;
    private final RelayAudit audit;
    private final InstantSource clock;

    TargetClaims(JobLifecycle jobs, HandOverRepository targets, SafetyGate gate, RelayAudit audit,
            InstantSource clock) {
        this.jobs = jobs;
        this.targets = targets;
        this.gate = gate;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Claims deferred targets whose waiting time is over, then as many new ones as may go now.
     *
     * @return the claimed targets, none of which ever reached the connector
     */
    Set<TargetKey> claim(LaneRun lane) {
        Set<TargetKey> claimed = new HashSet<>();
        for (UUID job : targets.jobsWithDeferred(lane.owner(), clock.instant())) {
            claimed.addAll(pass(lane, job, 0, _ -> targets.claimDeferred(job, clock.instant())));
        }
        Map<QueryAction, Integer> room = new EnumMap<>(QueryAction.class);
        DESTRUCTIVE.forEach(action -> room.put(action,
                Math.max(0, MOST_UNSENT_DESTRUCTIVE - targets.countUnsent(lane.owner(), action))));
        for (HandOverRepository.Backlog backlog : targets.backlogs(lane.owner(), DESTRUCTIVE,
                MOST_UNSENT_DESTRUCTIVE)) {
            // the limits are asked even without room, since they may stop the job
            List<TargetKey> keys = claim(lane, backlog,
                    Math.min(room.getOrDefault(backlog.action(), 0), backlog.unclaimed()));
            room.merge(backlog.action(), -keys.size(), Integer::sum);
            claimed.addAll(keys);
        }
        int left = BATCH;
        for (HandOverRepository.Backlog backlog : targets.backlogs(lane.owner(), HARMLESS, BATCH)) {
            List<TargetKey> keys = claim(lane, backlog, Math.min(left, backlog.unclaimed()));
            left -= keys.size();
            claimed.addAll(keys);
        }
        return claimed;
    }

    private List<TargetKey> claim(LaneRun lane, HandOverRepository.Backlog backlog, int wanted) {
        return pass(lane, backlog.job(), wanted,
                count -> count == 0 ? List.of() : targets.claim(backlog.job(), count, clock.instant()));
    }

    /** Claims targets of a job if it passes the safety limits; {@code claim} gets the number of new ones that may go. */
    private List<TargetKey> pass(LaneRun lane, UUID id, int wanted, IntFunction<List<HandOverRepository.Claim>> claim) {
        return lane.write(() -> {
            HeldJob job = jobs.lock(id).orElseThrow();
            if (job.state() != JobState.RUNNING) {
                return List.of();
            }
            return switch (gate.clear(id, job.workflow(), job.action().kind(), wanted)) {
                case SafetyGate.Clearance.Go(var count) -> {
                    jobs.setWaiting(job, null);
                    List<HandOverRepository.Claim> claimed = claim.apply(Math.min(count, wanted));
                    audit.sent(job, claimed);
                    yield claimed.stream().map(HandOverRepository.Claim::key).toList();
                }
                case SafetyGate.Clearance.Wait(var reason) -> {
                    jobs.setWaiting(job, reason);
                    yield List.of();
                }
                case SafetyGate.Clearance.Stop(var reason) -> {
                    jobs.stop(job, reason);
                    yield List.of();
                }
            };
        });
    }

    /**
     * Defers claimed targets that did not reach the connector, and cancels those whose job ended meanwhile.
     *
     * @param held the jobs concerned, which the transaction holds
     */
    void defer(Set<TargetKey> unsent, List<HeldJob> held) {
        if (unsent.isEmpty()) {
            return;
        }
        targets.defer(unsent);
        held.stream().filter(job -> job.state().isFinal()).forEach(jobs::cancelUnclaimed);
    }

    private static List<QueryAction> actions(boolean destructive) {
        return Arrays.stream(QueryAction.values()).filter(action -> action.isDestructive() == destructive).toList();
    }
}
