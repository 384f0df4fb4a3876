package io.acmpintune.engine.job;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/**
 * A job whose row the transaction has locked.
 *
 * @param waiting why its targets are not handed over at present; null = nothing holds them
 */
public record HeldJob(UUID id, String workflow, QueryAction action, JobState state, @Nullable Problem waiting) {}
