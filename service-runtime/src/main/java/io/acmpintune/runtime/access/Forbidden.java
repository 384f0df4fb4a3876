package io.acmpintune.runtime.access;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Makes the problem of a caller whose roles do not suffice. */
public final class Forbidden {

    private Forbidden() {}

    /** @param detail who lacks which role for what */
    public static Problem because(String detail) {
        return Problem.of(ProblemKind.FORBIDDEN, detail,
                "Ask somebody who has the role, or have an administrator configure it for this caller.");
    }
}
