package io.acmpintune.engine.job;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.PlatformSupport;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.problem.Problem;

/** Whether a client can be reached by an action at all. Pure. */
final class Eligibility {

    private static final int NOT_FOUND = 404;

    private Eligibility() {}

    /** Why the client must not be, or cannot be, reached; empty when it can. */
    static Optional<Problem> refusal(QueryAction action, String workflow, Candidate candidate) {
        Candidate.Known client = candidate.client();
        if (client == null) {
            return Optional.of(Problem.of("unknown-client", "Unknown client", NOT_FOUND,
                    "The workflow " + workflow + " manages no such client.",
                    "Choose a client that this workflow brought to ACMP."));
        }
        Device device = client.device();
        if (device == null || client.removed()) {
            return Optional.of(Problem.of("device-gone", "No device in Intune", NOT_FOUND,
                    "The client has no device in Intune that could be reached.",
                    "Nothing; or where an operator decided about its device, undo that."));
        }
        if (client.conflict() && action.kind().isExclusive()) {
            return Optional.of(Problem.of("match-conflict", "It is not certain which device the client is", 0,
                    "Another device of Intune may be this client, and nobody has decided yet which of them it is.",
                    "Decide the conflict, then start the action again."));
        }
        return PlatformSupport.refusal(action.kind(), device)
                .map(reason -> Problem.of("platform-not-supported", "Not possible on this platform", 0, reason,
                        "Choose another action, or another device."))
                .or(() -> underWay(action, client.underWay()));
    }

    private static Optional<Problem> underWay(QueryAction action, Candidate.@Nullable UnderWay other) {
        return other == null || !action.kind().isExclusive()
                ? Optional.empty()
                : Optional.of(Problem.of("action-under-way", "The same action is under way", 0,
                        "The device is a target of job " + other.job() + " with the same action, which is "
                                + other.state().text() + ".",
                        "Wait for its end, or cancel that job while it is not sent."));
    }

    /** True when the same order may well succeed later: what refused it can pass or be put right. */
    static boolean mayPass(Problem refusal) {
        return switch (refusal.kind()) {
            case "unknown-client", "platform-not-supported", "idempotency-key-reused", "invalid-request" -> false;
            default -> true;
        };
    }
}
