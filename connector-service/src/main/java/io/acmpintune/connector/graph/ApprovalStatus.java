package io.acmpintune.connector.graph;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/** How a request for approval stands in Intune. */
public sealed interface ApprovalStatus {

    /** Nobody has decided. */
    record Waiting() implements ApprovalStatus {}

    /** The action may be repeated with its code. */
    record Approved(@Nullable String note) implements ApprovalStatus {}

    /** Intune has done what was approved. */
    record Completed() implements ApprovalStatus {}

    record Rejected(@Nullable String note) implements ApprovalStatus {}

    /** Taken back in Intune. */
    record Cancelled() implements ApprovalStatus {}

    record Expired() implements ApprovalStatus {}

    /** It could not be read this time. */
    record Unreadable(Problem problem) implements ApprovalStatus {}
}
