package io.acmpintune.engine.job.relay;

import java.util.Optional;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.WipeOptions;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.secret.UnlockCodes;

/** Makes the connector's command of a target. */
@Component
class CommandBuilder {

    private final UnlockCodes unlockCodes;

    CommandBuilder(UnlockCodes unlockCodes) {
        this.unlockCodes = unlockCodes;
    }

    /** The command; empty when the job's unlock code cannot be read any more. */
    Optional<ActionCommand> of(Workflow workflow, HandOverRepository.InHand target) {
        WipeOptions wipe = target.parameters().wipe();
        try {
            return Optional.of(new ActionCommand(target.queryAction().kind(), target.device(), target.requestedBy(),
                    target.justification(), null,
                    wipe == null ? null : wipe.withCode(unlockCodes.open(target.job(), target.sealedCode())),
                    target.parameters().notification(), workflow.name(),
                    target.queryAction().isDestructive() ? target.expected() : null));
        } catch (UnlockCodes.Unreadable _) {
            return Optional.empty();
        }
    }

    static Problem unreadableCode() {
        return Problem.of(ProblemKind.UNLOCK_CODE_UNREADABLE,
                "The key in engine.secrets.key is not the one that the job's unlock code was encrypted with.",
                "Retry the job, and give the code again.");
    }
}
