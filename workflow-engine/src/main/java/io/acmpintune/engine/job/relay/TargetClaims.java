package io.acmpintune.engine.job.relay;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.job.HeldJob;
import io.acmpintune.engine.job.JobLifecycle;
import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.safety.SafetyGate;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * Claims targets of running jobs, asking the gate in the same transaction: what is not claimed is never handed over, and what
 * is claimed has passed the gate.
 */
@Component
class TargetClaims {

    /** So few of each kind, so that an emergency stop bites although the connector cannot be reached. */
    static final int MOST_UNSENT_DESTRUCTIVE = 20;
    private static final int BATCH = 100;
    private static final List<QueryAction> DESTRUCTIVE = actions(true);
    private static final List<QueryAction> HARMLESS = actions(false);

    private final JobLifecycle jobs;
    private final HandOverRepository handOvers;
    private final KeptTargets kept;
    private final SafetyGate gate;
    private final RelayAudit audit;
    private final InstantSource clock;

    TargetClaims(JobLifecycle jobs, HandOverRepository handOvers, KeptTargets kept,
            SafetyGate gate, RelayAudit audit, InstantSource clock) {
        this.jobs = jobs;
        this.handOvers = handOvers;
        this.kept = kept;
        this.gate = gate;
        this.audit = audit;
        this.clock = clock;
    }

    /** A target by its key. */
    record Key(UUID job, UUID client) {}

    /**
     * Claims what may go now, and takes up what was claimed and then kept.
     *
     * @return what was claimed or taken up, none of which was ever given to the connector
     */
    Set<Key> claim(LaneRun lane) {
        Set<Key> claimed = new HashSet<>();
        for (UUID job : kept.jobs(lane.owner(), clock.instant())) {
            claimed.addAll(pass(lane, job, 0, (held, _) -> kept.takeUp(held, clock.instant())));
        }
        Map<QueryAction, Integer> room = new EnumMap<>(QueryAction.class);
        DESTRUCTIVE.forEach(action -> room.put(action,
                Math.max(0, MOST_UNSENT_DESTRUCTIVE - handOvers.unsent(lane.owner(), action))));
        for (HandOverRepository.Backlog backlog : handOvers.backlogs(lane.owner(), DESTRUCTIVE,
                MOST_UNSENT_DESTRUCTIVE)) {
            // asked even where there is no room, since the answer may be that the job is stopped
            List<Key> of = claim(lane, backlog,
                    Math.min(room.getOrDefault(backlog.action(), 0), backlog.unclaimed()));
            room.merge(backlog.action(), -of.size(), Integer::sum);
            claimed.addAll(of);
        }
        int left = BATCH;
        for (HandOverRepository.Backlog backlog : handOvers.backlogs(lane.owner(), HARMLESS, BATCH)) {
            List<Key> of = claim(lane, backlog, Math.min(left, backlog.unclaimed()));
            left -= of.size();
            claimed.addAll(of);
        }
        return claimed;
    }

    private List<Key> claim(LaneRun lane, HandOverRepository.Backlog backlog, int wanted) {
        return pass(lane, backlog.job(), wanted,
                (job, count) -> count == 0 ? List.of() : handOvers.claim(job, count, clock.instant()));
    }

    /** What is done to so many targets of a job that has passed the gate. */
    private interface Passed {
        List<HandOverRepository.Claimed> claim(UUID job, int count);
    }

    private List<Key> pass(LaneRun lane, UUID id, int wanted, Passed passed) {
        return lane.write(() -> {
            HeldJob job = jobs.lock(id).orElseThrow();
            if (job.state() != JobState.RUNNING) {
                return List.of();
            }
            return switch (gate.clear(id, job.workflow(), job.action().kind(), wanted)) {
                case SafetyGate.Clearance.Go(var count) -> {
                    jobs.setWaiting(job, null);
                    List<HandOverRepository.Claimed> claimed = passed.claim(id, Math.min(count, wanted));
                    audit.sent(job, claimed);
                    yield claimed.stream().map(target -> new Key(id, target.clientId())).toList();
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
     * Notes what was claimed and not given to the connector, and cancels it where the job ended meanwhile.
     *
     * @param held the jobs concerned, which the transaction holds
     */
    void putBack(Set<Key> untouched, List<HeldJob> held) {
        if (untouched.isEmpty()) {
            return;
        }
        kept.keep(untouched);
        held.stream()
                .filter(job -> job.state().isFinal())
                .forEach(jobs::cancelUnclaimed);
    }

    private static List<QueryAction> actions(boolean destructive) {
        return Arrays.stream(QueryAction.values()).filter(action -> action.isDestructive() == destructive).toList();
    }
}
