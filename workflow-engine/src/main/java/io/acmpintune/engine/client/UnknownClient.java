package io.acmpintune.engine.client;

import java.util.UUID;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Makes the problem of a client that a workflow does not have. */
public final class UnknownClient {

    private UnknownClient() {}

    public static Problem in(String workflow, UUID client) {
        return Problem.of(ProblemKind.UNKNOWN_CLIENT, "The workflow " + workflow + " has no client " + client + ".",
                "Choose a client from the workflow's list; another workflow may have it.");
    }
}
