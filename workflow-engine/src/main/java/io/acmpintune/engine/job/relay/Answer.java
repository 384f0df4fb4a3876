package io.acmpintune.engine.job.relay;

import java.time.Instant;

import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.problem.Problem;

/** What became of a claimed target's command. */
sealed interface Answer {

    ClaimedTarget target();

    /** The connector has an action for it: a new one, or the one of an earlier command under the same key. */
    record Accepted(ClaimedTarget target, DeviceAction action) implements Answer {}

    /** The connector refused it, or the command could not be built. */
    record Refused(ClaimedTarget target, Problem reason) implements Answer {}

    /** The connector has no room for it before {@code until}. */
    record Deferred(ClaimedTarget target, Problem reason, Instant until) implements Answer {}

    /** Its job was cancelled before the command was sent. */
    record Cancelled(ClaimedTarget target) implements Answer {}
}
