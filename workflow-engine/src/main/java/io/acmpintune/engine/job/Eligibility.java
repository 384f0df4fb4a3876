package io.acmpintune.engine.job;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.client.UnknownClient;
import io.acmpintune.model.action.PlatformSupport;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Decides whether an action can be done on a client. Pure. */
final class Eligibility {

    private Eligibility() {}

    /** Returns why the action must not, or cannot, be done on the client; empty = it can. */
    static Optional<Problem> refusal(QueryAction action, String workflow, Candidate candidate) {
        Candidate.Known client = candidate.client();
        if (client == null) {
            return Optional
                    .of(UnknownClient.in(workflow, candidate.clientId()));
        }
        Device device = client.device();
        if (device == null || client.removed()) {
            return Optional
                    .of(Problem.of(ProblemKind.NO_DEVICE,
                            "The client has no device in Intune, so no action can reach it.",
                            "Choose another client; if an operator decided which device it is, that decision can be undone."));
        }
        if (client.conflict() && action.kind().isExclusive()) {
            return Optional.of(Problem.of(ProblemKind.MATCH_CONFLICT,
                    "Another device of Intune may be this client, and nobody has decided yet which of them it is.",
                    "Decide the conflict, then start the action again."));
        }
        return PlatformSupport.refusal(action.kind(), device)
                .map(reason -> Problem.of(ProblemKind.PLATFORM_NOT_SUPPORTED, reason,
                        "Choose another action, or another device."))
                .or(() -> underWay(action, client.underWay()));
    }

    private static Optional<Problem> underWay(QueryAction action, Candidate.@Nullable UnderWay other) {
        return other == null || !action.kind().isExclusive()
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemKind.ACTION_IN_PROGRESS,
                        "The device is a target of job " + other.job() + " with the same action, which is "
                                + other.state().text() + ".",
                        "Wait for its end, or cancel that job while it is not sent."));
    }

    /** Returns whether the same order may succeed later, because the reason of the refusal can pass or be fixed. */
    static boolean mayPass(Problem refusal) {
        return switch (refusal.kind()) {
            case UNKNOWN_CLIENT, PLATFORM_NOT_SUPPORTED, IDEMPOTENCY_KEY_REUSED, INVALID_REQUEST -> false;
            default -> true;
        };
    }
}
