package io.acmpintune.runtime.lane;

/** Another replica runs the lane now: this one was paused or cut off for too long, and must not write. */
public final class LaneLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LaneLost(String lane, long fence) {
        super("Lane " + lane + " was taken over by another replica (this run held fence " + fence
                + "); the run ends without writing, the other goes on");
    }
}
