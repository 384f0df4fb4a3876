package io.acmpintune.runtime.lane;

import java.time.Duration;

/** The work of a lane's run: read rows, decide, act, write, until nothing is left to do. */
@FunctionalInterface
public interface LaneWork {

    /**
     * Does all work that is due.
     *
     * @return the delay until the next run, unless it is woken earlier
     */
    Duration run(LaneRun run);
}
