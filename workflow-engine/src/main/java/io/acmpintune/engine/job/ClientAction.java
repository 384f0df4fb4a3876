package io.acmpintune.engine.job;

import java.time.Instant;
import java.util.UUID;

/**
 * An action on a client, as part of a job.
 *
 * @param requestedBy the operator named by the caller
 */
public record ClientAction(UUID job, QueryAction queryAction, String requestedBy, Instant createdAt,
        Job.Target target) {}
