/**
 * Owns the hand-over of job targets to the connector: claims, commands, answers, and what the connector reports about actions.
 * It must not know how jobs are ordered or which clients they mean; {@code job} does not see it.
 */
@NullMarked
package io.acmpintune.engine.job.relay;

import org.jspecify.annotations.NullMarked;
