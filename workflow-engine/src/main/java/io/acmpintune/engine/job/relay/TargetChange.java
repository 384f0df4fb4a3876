package io.acmpintune.engine.job.relay;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.problem.Problem;

/**
 * A target whose action has a new report.
 *
 * @param action null for one that was lost before the connector answered
 */
record TargetChange(TargetKey key, String device, @Nullable UUID action, ActionState from, ActionState to,
        @Nullable Problem problem) {}
