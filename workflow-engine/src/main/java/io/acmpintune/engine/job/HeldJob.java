package io.acmpintune.engine.job;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.Impact;
import io.acmpintune.model.problem.Problem;

/**
 * A job whose row the transaction has locked.
 *
 * @param impact the greatest impact on any of its targets
 * @param expiresAt when targets that have not been handed over expire
 * @param waiting why its targets are not handed over at present; null = nothing holds them
 */
public record HeldJob(UUID id, String workflow, QueryAction action, Impact impact, JobState state, Instant expiresAt,
        @Nullable Problem waiting) {}
