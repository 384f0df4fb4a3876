package io.acmpintune.runtime.lane;

import java.time.Duration;

/** What a lane does in one run: read rows, decide, act, write, until nothing is left to do now. */
@FunctionalInterface
public interface LaneWork {

    /**
     * Does what there is to do.
     *
     * @return after how long to look again unless woken before
     */
    Duration run(LaneRun run);
}
