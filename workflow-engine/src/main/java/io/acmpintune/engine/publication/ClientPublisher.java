package io.acmpintune.engine.publication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.engine.acmp.Backoff;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * The publish lane of one workflow and ACMP server: one run after the other as long as there is something to do. A server that
 * cannot be used is left alone for a growing while, whoever wakes the lane; a few changes wait until no more come. What a person
 * asks for is tried at once.
 */
final class ClientPublisher {

    private static final Logger log = LoggerFactory.getLogger(ClientPublisher.class);
    private static final Duration IDLE = Duration.ofSeconds(5);
    /** What a person has to put right is looked at, not tried: refused credentials and schemas are remembered. */
    private static final Duration UNTIL_A_PERSON_ACTS = Duration.ofMinutes(1);
    /** Another replica may have run the lane meanwhile, and time alone can make something due. */
    private static final Duration LOOK_ANYWAY = Duration.ofMinutes(1);

    private final Workflow workflow;
    private final String server;
    private final PublishRun publishRun;
    private final RunRepository runs;
    private final InstantSource clock;
    private final Gathering gathering;
    private volatile @Nullable Look nothingToDo;
    private volatile RunRepository.@Nullable Position told;
    private volatile Rest rest = Rest.NONE;

    ClientPublisher(Workflow workflow, String server, PublishRun publishRun, RunRepository runs,
            InstantSource clock) {
        this.workflow = workflow;
        this.server = server;
        this.publishRun = publishRun;
        this.runs = runs;
        this.clock = clock;
        this.gathering = new Gathering(workflow.publishing());
    }

    /** A run that found nothing to do, and how everything stood before it. */
    private record Look(RunRepository.Position standsAt, Instant at) {}

    /** How long the server is left alone, after so many failures in a row. */
    private record Rest(int failures, Instant until) {
        static final Rest NONE = new Rest(0, Instant.MIN);
    }

    Duration run(LaneRun lane) {
        lane.write(() -> runs.takeOver(workflow.name(), server, clock.instant()));
        while (!lane.stopping()) {
            Optional<UUID> asked = runs.asked(workflow.name(), server);
            Look look = new Look(runs.standsAt(workflow.name(), server), clock.instant());
            if (asked.isEmpty() && look.at().isBefore(rest.until())) {
                return Duration.between(look.at(), rest.until());
            }
            if (asked.isEmpty() && isStillTrue(nothingToDo, look)) {
                return IDLE;
            }
            Duration pause = gathering.pause(told, look.standsAt(), look.at());
            if (asked.isEmpty() && pause.isPositive()) {
                return pause;
            }
            told = look.standsAt();
            switch (publishRun.run(asked, lane)) {
                case PublishRun.Outcome.Worked _ -> rest = Rest.NONE;
                case PublishRun.Outcome.Idle _ -> {
                    rest = Rest.NONE;
                    nothingToDo = look;
                }
                case PublishRun.Outcome.Halted(Round.Halted halt, boolean worked) -> {
                    told = null;
                    return leaveAlone(halt, worked ? 1 : rest.failures() + 1, lane);
                }
            }
        }
        return Duration.ZERO;
    }

    private static boolean isStillTrue(@Nullable Look before, Look now) {
        return before != null && before.standsAt().equals(now.standsAt())
                && now.at().isBefore(before.at().plus(LOOK_ANYWAY));
    }

    private Duration leaveAlone(Round.Halted halt, int failures, LaneRun lane) {
        log.warn("{} cannot tell {}: {}", workflow, server, halt.problem());
        lane.write(() -> runs.fares(workflow.name(), server, halt.problem(), clock.instant()));
        Duration pause = halt.passing()
                ? Backoff.after(failures, RandomGenerator.getDefault())
                : UNTIL_A_PERSON_ACTS;
        rest = new Rest(failures, clock.instant().plus(pause));
        return pause;
    }
}
