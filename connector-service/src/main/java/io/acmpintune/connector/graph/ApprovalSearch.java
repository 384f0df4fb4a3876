package io.acmpintune.connector.graph;

import io.acmpintune.model.problem.Problem;

/** The result of searching the approval request of an action whose answer was lost. */
public sealed interface ApprovalSearch {

    record Found(ApprovalRequest request) implements ApprovalSearch {}

    /** There is none, or the application may not see it. */
    record None() implements ApprovalSearch {}

    /** The requests could not be read; they may be readable later. */
    record Unreadable(Problem problem) implements ApprovalSearch {}
}
