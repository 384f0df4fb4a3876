package io.acmpintune.engine.publication;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.engine.publication.plan.Plan;
import io.acmpintune.engine.publication.plan.Policy;
import io.acmpintune.engine.publication.plan.Tally;
import io.acmpintune.engine.workflow.Publishing;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * One run for an ACMP server: looks clients up, plans, asks the guards, and applies what they let through. Nothing is applied
 * that was not planned; where the guards cannot be asked, nothing is.
 */
final class PublishRun {

    private static final Logger log = LoggerFactory.getLogger(PublishRun.class);

    private final Workflow workflow;
    private final String server;
    private final Parts parts;
    private final RunRepository runs;
    private final InstantSource clock;

    PublishRun(Workflow workflow, String server, Parts parts, RunRepository runs, InstantSource clock) {
        this.workflow = workflow;
        this.server = server;
        this.parts = parts;
        this.runs = runs;
        this.clock = clock;
    }

    /** The steps of a run. */
    record Parts(ServerCommands commands, LookUps lookUps, Snapshots snapshots, HoldRepository holds,
            BatchSender sender) {}

    /** What a run came to. */
    sealed interface Outcome {
        /** It told the server something, or a person had asked for it. */
        record Worked() implements Outcome {}

        /** There was nothing to tell, or nothing that may be told. */
        record Idle() implements Outcome {}

        /**
         * The server could not be used, or not any longer.
         *
         * @param worked whether it had answered something before
         */
        record Halted(Round.Halted halt, boolean worked) implements Outcome {}
    }

    /**
     * Runs once, and plans once more as long as the server turns out to have lost clients.
     *
     * @param asked the run that a person asked for; empty = the lane's own
     */
    Outcome run(Optional<UUID> asked, LaneRun lane) {
        Tally tally = new Tally();
        Log entry = new Log(asked, tally, lane);
        asked.ifPresent(_ -> entry.begin());
        boolean applies = asked.isPresent() || workflow.publishing().apply() == Publishing.Apply.AUTOMATIC;
        Outcome outcome = switch (parts.commands().check(lane)) {
            case ServerCommands.Checked.Unusable(Round.Halted halt) -> new Outcome.Halted(halt, false);
            case ServerCommands.Checked.Usable(CommandChoice versions) ->
                passes(new BatchSender.Sending(versions, tally, lane), applies, entry);
        };
        entry.end(outcome);
        return outcome;
    }

    private Outcome passes(BatchSender.Sending sending, boolean applies, Log entry) {
        do {
            if (looksUp()
                    && parts.lookUps().askForAll(sending.tally(), sending.lane()) instanceof Round.Halted halt) {
                return new Outcome.Halted(halt, sending.tally().hasProgress());
            }
            Plan plan = plan(sending);
            List<Plan.Item> steps = plan.steps();
            if (steps.isEmpty() || !applies || sending.lane().stopping()) {
                return entry.isBegun() ? new Outcome.Worked() : new Outcome.Idle();
            }
            entry.begin();
            if (apply(steps, sending, entry) instanceof Round.Halted halt) {
                return new Outcome.Halted(halt, sending.tally().hasProgress());
            }
        } while (sending.tally().takeReplanRequired() && !sending.lane().stopping());
        return new Outcome.Worked();
    }

    private boolean looksUp() {
        return workflow.publishing().lookUp() == Publishing.LookUp.ALL;
    }

    private Plan plan(BatchSender.Sending sending) {
        Instant now = clock.instant();
        sending.lane().write(() -> parts.holds().lapse(workflow.name(), server, now));
        Plan plan = parts.snapshots().plan(workflow.name(), server, Policy.of(workflow.publishing(), now), now);
        sending.lane().write(() -> parts.holds().keep(workflow.name(), server, plan, now));
        sending.tally().planned(plan);
        return plan;
    }

    private Round apply(List<Plan.Item> steps, BatchSender.Sending sending, Log entry) {
        Policy policy = Policy.of(workflow.publishing(), clock.instant());
        int size = workflow.publishing().batchSize();
        for (int from = 0; from < steps.size() && !sending.lane().stopping(); from += size) {
            List<Outgoing> batch = parts.snapshots()
                    .outgoing(workflow.name(), server, steps.subList(from, Math.min(from + size, steps.size())),
                            policy, clock.instant());
            List<Outgoing> stale = looksUp() ? parts.lookUps().staleAmong(batch) : List.of();
            if (!stale.isEmpty()
                    && parts.lookUps().askAgain(stale, sending.tally(), sending.lane()) instanceof Round.Halted halt) {
                return halt;
            }
            if (parts.sender()
                    .send(batch.stream().filter(client -> !stale.contains(client)).toList(),
                            sending) instanceof Round.Halted halt) {
                return halt;
            }
            entry.note();
        }
        return Round.WENT;
    }

    /** The run's row: made when there is something to do, or by a person before. */
    private final class Log {

        private final UUID id;
        private final boolean asked;
        private final Tally tally;
        private final LaneRun lane;
        private boolean begun;

        Log(Optional<UUID> asked, Tally tally, LaneRun lane) {
            this.id = asked.orElseGet(UUID::randomUUID);
            this.asked = asked.isPresent();
            this.tally = tally;
            this.lane = lane;
        }

        boolean isBegun() {
            return begun;
        }

        void begin() {
            if (!begun) {
                lane.write(() -> runs.begin(id, workflow.name(), server, asked, clock.instant()));
                begun = true;
            }
        }

        void note() {
            lane.write(() -> {
                runs.note(id, tally, null, null);
                runs.fares(workflow.name(), server, null, clock.instant());
            });
        }

        void end(Outcome outcome) {
            if (begun) {
                @Nullable
                String problem = outcome instanceof Outcome.Halted(Round.Halted halt, _) ? halt.problem() : null;
                lane.write(() -> runs.note(id, tally, problem, clock.instant()));
                log.info("{} told {} {} of {}", workflow, server, tally.done(), tally.planned());
            }
        }
    }
}
