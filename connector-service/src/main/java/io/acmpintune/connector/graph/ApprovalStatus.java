package io.acmpintune.connector.graph;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/** Status of an approval request in Intune (Multi Admin Approval). */
public sealed interface ApprovalStatus {

    /** Not decided yet. */
    record Waiting() implements ApprovalStatus {}

    /** The action may be sent again with the approval code. */
    record Approved(@Nullable String note) implements ApprovalStatus {}

    /** Intune has executed the approved action. */
    record Completed() implements ApprovalStatus {}

    record Rejected(@Nullable String note) implements ApprovalStatus {}

    /** Cancelled in Intune. */
    record Cancelled() implements ApprovalStatus {}

    record Expired() implements ApprovalStatus {}

    /** The status could not be read; it may be readable later. */
    record Unreadable(Problem problem) implements ApprovalStatus {}
}
