package io.acmpintune.runtime.lane;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One run of a lane: its owner, whether to stop early, and the only way to write. */
public final class LaneRun {

    private final String owner;
    private final Fence fence;
    private final BooleanSupplier stopping;

    LaneRun(String owner, Fence fence, BooleanSupplier stopping) {
        this.owner = owner;
        this.fence = fence;
        this.stopping = stopping;
    }

    /** Returns the connector, workflow or ACMP server that the lane serves. */
    public String owner() {
        return owner;
    }

    /** Returns whether the process is shutting down: finish the current step and return. */
    public boolean stopping() {
        return stopping.getAsBoolean();
    }

    /**
     * Runs the work in a transaction that holds this run's fence.
     *
     * @throws LaneLostException if another replica has taken the lane over; nothing is written
     */
    public <T> T write(Supplier<T> work) {
        return fence.write(work);
    }

    /** As {@link #write(Supplier)}, without a result. */
    public void write(Runnable work) {
        fence.write(() -> {
            work.run();
            return true;
        });
    }
}
