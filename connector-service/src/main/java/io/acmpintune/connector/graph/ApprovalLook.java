package io.acmpintune.connector.graph;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/** How a request for approval stands in Intune. */
public sealed interface ApprovalLook {

    /** Nobody has decided. */
    record Waiting() implements ApprovalLook {}

    /** The action may be repeated with its code. */
    record Approved(@Nullable String note) implements ApprovalLook {}

    /** Intune has done what was approved. */
    record Completed() implements ApprovalLook {}

    record Rejected(@Nullable String note) implements ApprovalLook {}

    /** Taken back in Intune. */
    record Cancelled() implements ApprovalLook {}

    record Expired() implements ApprovalLook {}

    /** It could not be read this time. */
    record Unknown(Problem problem) implements ApprovalLook {}
}
