package io.acmpintune.engine.job.relay;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.job.HeldJob;
import io.acmpintune.engine.job.JobLifecycle;
import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.safety.SafetyGate;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * Claims targets of running jobs, and asks the safety limits in the same transaction: only claimed targets are handed over, and
 * every claimed target has passed the limits.
 */
@Component
class TargetClaims {

    /** Per kind; few, so that an emergency stop takes effect although the connector cannot be reached. */
    static final int MOST_UNSENT_DESTRUCTIVE = 20;
    /** How many targets are claimed and not sent at once: a round reads and claims no more, however many wait. */
    static final int BATCH = 100;
    private static final List<QueryAction> OTHERS = List.of(QueryAction.SEND_NOTIFICATION, QueryAction.SYNCHRONIZE);

    private final JobLifecycle jobs;
    private final HandOverRepository targets;
    private final SafetyGate gate;
    private final RelayAudit audit;
    private final InstantSource clock;
    /** Whose turn it is to begin. */
    private final AtomicInteger turn = new AtomicInteger();

    TargetClaims(JobLifecycle jobs, HandOverRepository targets, SafetyGate gate, RelayAudit audit,
            InstantSource clock) {
        this.jobs = jobs;
        this.targets = targets;
        this.gate = gate;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Expires the targets of jobs that are too old, claims deferred targets whose waiting time is over, then as many new ones as
     * may go now: those of urgent kinds first, and of each kind as many for one identity as for another.
     *
     * @return the claimed targets, none of which ever reached the connector
     */
    Set<TargetKey> claim(LaneRun lane) {
        boolean stopped = gate.isStopped(lane.owner());
        if (stopped) {
            jobs.unclaimed(lane.owner(), BATCH).forEach(job -> pass(lane, job, null, 0, _ -> List.of()));
        }
        for (UUID job : targets.expired(lane.owner(), clock.instant(), BATCH)) {
            pass(lane, job, null, 0, _ -> List.of());
        }
        int waiting = targets.countClaimed(lane.owner());
        Set<TargetKey> claimed = new HashSet<>();
        for (UUID job : targets.jobsWithDeferred(lane.owner(), clock.instant(), Math.max(0, BATCH - waiting))) {
            int left = BATCH - waiting - claimed.size();
            claimed.addAll(pass(lane, job, null, 0, _ -> targets.claimDeferred(job, left, clock.instant())));
        }
        if (stopped) {
            return claimed;
        }
        turn.incrementAndGet();
        // others may fill the batch while the connector is slow; these still find room
        for (QueryAction action : HandOverRepository.URGENT) {
            claimed.addAll(
                    claim(lane, List.of(action), Math.min(2 * BATCH - waiting - claimed.size(), room(lane, action))));
        }
        claimed.addAll(claim(lane, OTHERS, BATCH - waiting - claimed.size()));
        return claimed;
    }

    private Set<TargetKey> claim(LaneRun lane, List<QueryAction> actions, int room) {
        if (room <= 0) {
            return Set.of();
        }
        List<HandOverRepository.Backlog> backlogs = actions.stream()
                .flatMap(action -> targets.backlogs(lane.owner(), action, room).stream())
                .toList();
        Set<TargetKey> claimed = new HashSet<>();
        for (FairShares.Share share : FairShares.of(backlogs, room, turn.get())) {
            claimed.addAll(claim(lane, share));
        }
        return claimed;
    }

    /** An order of locks may reach Macs and other devices, which have different limits. */
    private Set<TargetKey> claim(LaneRun lane, FairShares.Share share) {
        UUID job = share.of().job();
        QueryAction action = share.of().action();
        Set<TargetKey> claimed = new HashSet<>();
        for (HandOverRepository.Part part : parts(share)) {
            int wanted = Math.min(part.unclaimed(), room(lane, action, part.impact()));
            if (wanted > 0) {
                claimed.addAll(pass(lane, job, part.impact(), wanted, count -> count == 0
                        ? List.of()
                        : targets.claim(job, part.impact(), count, clock.instant())));
            }
        }
        return claimed;
    }

    private List<HandOverRepository.Part> parts(FairShares.Share share) {
        QueryAction action = share.of().action();
        return action == QueryAction.REMOTE_LOCK
                ? targets.next(share.of().job(), share.targets())
                : List.of(new HandOverRepository.Part(action.greatestImpact(), share.targets()));
    }

    private int room(LaneRun lane, QueryAction action) {
        // a lock's impact depends on the device
        return action == QueryAction.REMOTE_LOCK ? BATCH : room(lane, action, action.greatestImpact());
    }

    private int room(LaneRun lane, QueryAction action, Impact impact) {
        return impact == Impact.DESTRUCTIVE
                ? MOST_UNSENT_DESTRUCTIVE - targets.countUnsentDestructive(lane.owner(), action)
                : BATCH;
    }

    /**
     * Claims targets of a job if it passes the safety limits; {@code claim} gets the number of new ones that may go.
     *
     * @param impact of the targets; null = the job's greatest
     */
    private List<TargetKey> pass(LaneRun lane, UUID id, @Nullable Impact impact, int wanted,
            IntFunction<List<HandOverRepository.Claim>> claim) {
        return lane.write(() -> {
            HeldJob job = jobs.lock(id).orElseThrow();
            if (job.state() != JobState.RUNNING) {
                return List.of();
            }
            if (!job.expiresAt().isAfter(clock.instant())) {
                expire(job);
                return List.of();
            }
            return switch (gate.clear(id, job.workflow(), job.action().kind(),
                    impact == null ? job.impact() : impact, wanted)) {
                case SafetyGate.Clearance.Go(var count) -> {
                    jobs.setWaiting(job, null);
                    List<HandOverRepository.Claim> claimed = claim.apply(Math.min(count, wanted));
                    audit.sent(job, claimed);
                    jobs.claimed(job);
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

    /** What to do with a target that may have reached the connector before. */
    enum Repetition {
        SEND,
        WAIT,
        /** Ask whether the connector has its action, without having one made. */
        RECALL
    }

    /** Asks the safety limits again: the target was claimed before, perhaps long ago. */
    Repetition repetition(LaneRun lane, ClaimedTarget target) {
        return lane.write(() -> {
            HeldJob job = jobs.lock(target.key().job()).orElseThrow();
            return switch (gate.clear(job.id(), job.workflow(), job.action().kind(), job.impact(), 0)) {
                case SafetyGate.Clearance.Go _ -> Repetition.SEND;
                case SafetyGate.Clearance.Wait _ -> Repetition.WAIT;
                case SafetyGate.Clearance.Stop _ -> Repetition.RECALL;
            };
        });
    }

    private void expire(HeldJob job) {
        jobs.hold(List.of(job.id()));
        Problem late = Problem.of(ProblemKind.ACTION_EXPIRED,
                "The order expired at " + job.expiresAt() + ", before it was handed to the connector.",
                "Order it again if it is still wanted.");
        List<TargetChange> changes = targets.expire(job.id(), late, clock.instant());
        jobs.setWaiting(job, null);
        jobs.claimed(job);
        audit.ended(job.workflow(), changes);
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
}
