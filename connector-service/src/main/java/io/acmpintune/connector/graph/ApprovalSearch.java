package io.acmpintune.connector.graph;

import io.acmpintune.model.problem.Problem;

/** Whether Intune has a request for approval of an action whose answer was lost. */
public sealed interface ApprovalSearch {

    record Found(ApprovalRequest asked) implements ApprovalSearch {}

    /** It shows none, or does not let the application see any. */
    record None() implements ApprovalSearch {}

    /** The requests could not be read this time. */
    record Unreadable(Problem problem) implements ApprovalSearch {}
}
