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
 * One run for an ACMP server: looks clients up, plans, checks the guards, and applies what they let through. Only what was
 * planned is applied; if the guards cannot be checked, nothing is.
 */
final class PublishRun {

    private static final Logger log = LoggerFactory.getLogger(PublishRun.class);

    private final Workflow workflow;
    private final String server;
    private final Steps steps;
    private final RunRepository runs;
    private final InstantSource clock;

    PublishRun(Workflow workflow, String server, Steps steps, RunRepository runs, InstantSource clock) {
        this.workflow = workflow;
        this.server = server;
        this.steps = steps;
        this.runs = runs;
        this.clock = clock;
    }

    /** The collaborators of a run, in the order in which it needs them. */
    record Steps(ServerCommands commands, LookUps lookUps, Snapshots snapshots, HoldRepository holds,
            BatchSender sender) {}

    /** Outcome of a run. */
    sealed interface Outcome {
        /** Something was published, or the run was requested. */
        record Worked() implements Outcome {}

        /** There was nothing that could be published. */
        record Idle() implements Outcome {}

        /**
         * The server could not be used.
         *
         * @param progressed whether it had answered something before
         */
        record Halted(Exchange.Halted halted, boolean progressed) implements Outcome {}
    }

    /**
     * Runs once, and plans again if the plan turns out to be outdated.
     *
     * @param requested id of the run that was requested; empty = an automatic run
     */
    Outcome run(Optional<UUID> requested, LaneRun lane) {
        Tally tally = new Tally();
        Progress progress = new Progress(requested, tally, lane);
        requested.ifPresent(_ -> progress.start());
        boolean applies = requested.isPresent() || workflow.publishing().apply() == Publishing.Apply.AUTOMATIC;
        Outcome outcome = switch (steps.commands().check(lane)) {
            case ServerCommands.Check.Unusable(Exchange.Halted halted) -> new Outcome.Halted(halted, false);
            case ServerCommands.Check.Usable versions ->
                planAndApply(new RunContext(versions, tally, lane), applies, progress);
        };
        progress.finish(outcome);
        return outcome;
    }

    private Outcome planAndApply(RunContext run, boolean applies, Progress progress) {
        do {
            if (looksUp() && steps.lookUps().lookUpAll(run.tally(), run.lane()) instanceof Exchange.Halted halted) {
                return new Outcome.Halted(halted, run.tally().hasProgress());
            }
            List<Plan.Item> planned = plan(run).steps();
            if (planned.isEmpty() || !applies || run.lane().stopping()) {
                return progress.isStarted() ? new Outcome.Worked() : new Outcome.Idle();
            }
            progress.start();
            if (apply(planned, run, progress) instanceof Exchange.Halted halted) {
                return new Outcome.Halted(halted, run.tally().hasProgress());
            }
        } while (run.tally().takeReplanRequired() && !run.lane().stopping());
        return new Outcome.Worked();
    }

    private boolean looksUp() {
        return workflow.publishing().lookUp() == Publishing.LookUp.ALL;
    }

    private Plan plan(RunContext run) {
        Instant now = clock.instant();
        run.lane().write(() -> steps.holds().expireDecisions(workflow.name(), server, now));
        Plan plan = steps.snapshots().plan(workflow.name(), server, Policy.of(workflow.publishing(), now), now);
        run.lane().write(() -> steps.holds().update(workflow.name(), server, plan, now));
        run.tally().planned(plan);
        return plan;
    }

    private Exchange apply(List<Plan.Item> planned, RunContext run, Progress progress) {
        Policy policy = Policy.of(workflow.publishing(), clock.instant());
        int size = workflow.publishing().batchSize();
        for (int from = 0; from < planned.size() && !run.lane().stopping(); from += size) {
            List<OutgoingClient> batch = steps.snapshots()
                    .outgoing(workflow.name(), server, planned.subList(from, Math.min(from + size, planned.size())),
                            policy, clock.instant());
            List<OutgoingClient> outdated = looksUp() ? steps.lookUps().outdatedAmong(batch) : List.of();
            if (!outdated.isEmpty() && steps.lookUps()
                    .lookUpAgain(outdated, run.tally(), run.lane()) instanceof Exchange.Halted halted) {
                return halted;
            }
            List<OutgoingClient> current = batch.stream().filter(client -> !outdated.contains(client)).toList();
            if (steps.sender().send(current, run) instanceof Exchange.Halted halted) {
                return halted;
            }
            progress.update();
        }
        return Exchange.COMPLETED;
    }

    /** The run's row: inserted by a request, or once there is something to do. */
    private final class Progress {

        private final UUID id;
        private final boolean requested;
        private final Tally tally;
        private final LaneRun lane;
        private boolean started;

        Progress(Optional<UUID> requested, Tally tally, LaneRun lane) {
            this.id = requested.orElseGet(UUID::randomUUID);
            this.requested = requested.isPresent();
            this.tally = tally;
            this.lane = lane;
        }

        boolean isStarted() {
            return started;
        }

        void start() {
            if (!started) {
                lane.write(() -> runs.start(id, workflow.name(), server, requested, clock.instant()));
                started = true;
            }
        }

        void update() {
            lane.write(() -> {
                runs.update(id, tally, null, null);
                runs.recordStatus(workflow.name(), server, null, clock.instant());
            });
        }

        void finish(Outcome outcome) {
            if (started) {
                @Nullable
                String problem = outcome instanceof Outcome.Halted(Exchange.Halted halted, _) ? halted.problem() : null;
                lane.write(() -> runs.update(id, tally, problem, clock.instant()));
                log.info("Published {} of {} to {} (workflow={}, run={})", tally.done(), tally.planned(), server,
                        workflow, id);
            }
        }
    }
}
