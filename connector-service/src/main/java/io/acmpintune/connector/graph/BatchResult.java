package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.acmpintune.model.problem.Problem;

/** The result of sending a batch. */
sealed interface BatchResult {

    /** @param at when Graph answered, by Graph's clock */
    record Answered(Instant at, Map<String, Batch.Item> items) implements BatchResult {}

    /** Graph refused the batch and thereby each item. */
    record Refused(GraphError error) implements BatchResult {}

    /** Graph certainly did not execute it. */
    record NotSent(Duration pause, Problem problem) implements BatchResult {}

    /** Graph may have executed it. */
    record Lost(GraphError error) implements BatchResult {}
}
