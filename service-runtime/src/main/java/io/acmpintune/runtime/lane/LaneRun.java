package io.acmpintune.runtime.lane;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One run of a lane: for whom, whether to stop early, and the only door through which it writes. */
public final class LaneRun {

    private final String owner;
    private final Fence fence;
    private final BooleanSupplier stopping;

    LaneRun(String owner, Fence fence, BooleanSupplier stopping) {
        this.owner = owner;
        this.fence = fence;
        this.stopping = stopping;
    }

    /** The connector or workflow (or server of one) that this lane serves. */
    public String owner() {
        return owner;
    }

    /** True when the process shuts down: finish the step under way and return. */
    public boolean stopping() {
        return stopping.getAsBoolean();
    }

    /**
     * Runs the work in a transaction that holds this run's fence.
     *
     * @throws LaneLost when another replica has taken the lane over; nothing is written then
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
