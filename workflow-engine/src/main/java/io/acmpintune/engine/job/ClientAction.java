package io.acmpintune.engine.job;

import java.time.Instant;
import java.util.UUID;

/**
 * What was ordered for a client in a job.
 *
 * @param requestedBy the operator, as the caller named him
 */
public record ClientAction(UUID job, QueryAction queryAction, String requestedBy, Instant createdAt,
        Job.Target target) {}
