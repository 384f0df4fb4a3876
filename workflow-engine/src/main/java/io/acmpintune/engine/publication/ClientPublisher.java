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
 * The publish lane of one workflow and ACMP server: runs as long as there is something to do. Waits after failures, however often
 * it is woken, and gathers small changes. Requested runs start at once.
 */
final class ClientPublisher {

    private static final Logger log = LoggerFactory.getLogger(ClientPublisher.class);
    private static final Duration IDLE = Duration.ofSeconds(5);
    /** Pause after problems that only an administrator can solve. */
    private static final Duration PERMANENT_PROBLEM_PAUSE = Duration.ofMinutes(1);
    /** Another replica may have run the lane meanwhile, and clients become due for deletion by time alone. */
    private static final Duration REPLAN_INTERVAL = Duration.ofMinutes(1);

    private final Workflow workflow;
    private final String server;
    private final PublishRun publishRun;
    private final RunRepository runs;
    private final InstantSource clock;
    private final Debounce debounce;
    private volatile @Nullable Check idleSince;
    private volatile RunRepository.@Nullable InputVersion published;
    private volatile Pause pause = Pause.NONE;

    ClientPublisher(Workflow workflow, String server, PublishRun publishRun, RunRepository runs,
            InstantSource clock) {
        this.workflow = workflow;
        this.server = server;
        this.publishRun = publishRun;
        this.runs = runs;
        this.clock = clock;
        this.debounce = new Debounce(workflow.publishing());
    }

    /** The input of a plan, and when it was read. */
    private record Check(RunRepository.InputVersion input, Instant at) {}

    /** How long the server is left alone, after this many failures in a row. */
    private record Pause(int failures, Instant until) {
        static final Pause NONE = new Pause(0, Instant.MIN);
    }

    /** Runs until there is nothing to do, and returns when to run again at the latest. */
    Duration run(LaneRun lane) {
        lane.write(() -> runs.recoverInterrupted(workflow.name(), server, clock.instant()));
        while (!lane.stopping()) {
            Optional<UUID> requested = runs.requested(workflow.name(), server);
            Check check = new Check(runs.inputVersion(workflow.name(), server), clock.instant());
            if (requested.isEmpty() && check.at().isBefore(pause.until())) {
                return Duration.between(check.at(), pause.until());
            }
            if (requested.isEmpty() && isStillIdle(check)) {
                return IDLE;
            }
            Duration delay = debounce.delay(published, check.input(), check.at());
            if (requested.isEmpty() && delay.isPositive()) {
                return delay;
            }
            published = check.input();
            switch (publishRun.run(requested, lane)) {
                case PublishRun.Outcome.Worked _ -> pause = Pause.NONE;
                case PublishRun.Outcome.Idle _ -> {
                    pause = Pause.NONE;
                    idleSince = check;
                }
                case PublishRun.Outcome.Halted(Exchange.Halted halted, boolean progressed) -> {
                    published = null;
                    return pauseAfter(halted, progressed ? 1 : pause.failures() + 1, lane);
                }
            }
        }
        return Duration.ZERO;
    }

    private boolean isStillIdle(Check check) {
        Check idle = idleSince;
        return idle != null && idle.input().equals(check.input())
                && check.at().isBefore(idle.at().plus(REPLAN_INTERVAL));
    }

    private Duration pauseAfter(Exchange.Halted halted, int failures, LaneRun lane) {
        log.warn("Publishing to {} failed: {} (workflow={}, failures={})", server, halted.problem(), workflow,
                failures);
        lane.write(() -> runs.recordStatus(workflow.name(), server, halted.problem(), clock.instant()));
        Duration length = halted.temporary()
                ? Backoff.after(failures, RandomGenerator.getDefault())
                : PERMANENT_PROBLEM_PAUSE;
        pause = new Pause(failures, clock.instant().plus(length));
        return length;
    }
}
