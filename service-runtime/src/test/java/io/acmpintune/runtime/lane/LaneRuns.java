package io.acmpintune.runtime.lane;

import java.util.function.BooleanSupplier;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Runs of lanes without a scheduler, for tests that drive a lane's work themselves. */
public final class LaneRuns {

    private LaneRuns() {}

    /**
     * A run that has just taken the lane over.
     *
     * @param stopping asked by the work between two steps
     */
    public static LaneRun begin(JdbcClient jdbc, TransactionOperations transactions, String kind, String owner,
            BooleanSupplier stopping) {
        return new LaneRun(owner, Fence.take(jdbc, transactions, kind + ":" + owner), stopping);
    }
}
