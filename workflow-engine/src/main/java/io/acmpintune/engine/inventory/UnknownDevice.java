package io.acmpintune.engine.inventory;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** Makes the problem of a device that a workflow does not have. */
public final class UnknownDevice {

    private UnknownDevice() {}

    public static ProblemException in(String workflow, String device) {
        return new ProblemException(Problem.of(ProblemKind.UNKNOWN_DEVICE,
                "The workflow " + workflow + " has no device " + device + ".",
                "Use the ID of a device that the workflow lists; a device of an earlier version appears after its next scan."));
    }
}
