package io.acmpintune.connector.action;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.connector.graph.Graphs;
import io.acmpintune.connector.graph.UnlockPinResult;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.UnlockPin;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/**
 * Discloses the PIN that unlocks a Mac, once, to the person who locked it. The PIN is read from Intune on demand, so that it is
 * never stored or logged.
 */
@Component
public class UnlockPinDisclosure {

    private final ActionRepository actions;
    private final Graphs graphs;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    UnlockPinDisclosure(ActionRepository actions, Graphs graphs, TransactionOperations transactions,
            InstantSource clock) {
        this.actions = actions;
        this.graphs = graphs;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Reads the PIN from Intune.
     *
     * @throws ProblemException 403 for another person, 404 if Intune shows no PIN, 409 if it was disclosed before, 502 if Intune
     *             cannot be read
     */
    public UnlockPin disclose(Connector connector, DeviceAction action, UnlockPin.Request request) {
        if (!action.command().requestedBy().equals(request.requestedBy())) {
            throw problem(ProblemKind.UNLOCK_PIN_FORBIDDEN,
                    "The PIN is only shown to the person who ordered the lock.",
                    "Ask " + action.command().requestedBy() + ", or open the device in Intune's admin center.");
        }
        Instant accepted = actions.acceptedAt(action.id()).orElse(null);
        if (action.command().kind() != ActionKind.REMOTE_LOCK || accepted == null) {
            throw none();
        }
        if (actions.isPinDisclosed(action.id())) {
            throw alreadyDisclosed();
        }
        return switch (graphs.of(connector)
                .devices()
                .unlockPin(action.command().deviceId(), accepted.minus(ActionStart.CLOCK_SKEW))) {
            case UnlockPinResult.Found(var pin) -> {
                if (!recordDisclosure(action, request)) {
                    throw alreadyDisclosed();
                }
                yield pin;
            }
            case UnlockPinResult.None() -> throw none();
            case UnlockPinResult.Unreadable(var why) -> throw problem(ProblemKind.UNLOCK_PIN_UNREADABLE,
                    why.detail(), why.remedy() + " The PIN was not shown and can be requested again.");
        };
    }

    private boolean recordDisclosure(DeviceAction action, UnlockPin.Request request) {
        return Objects.requireNonNull(
                transactions.execute(_ -> actions.disclosePin(action, request.requestedBy(), clock.instant())));
    }

    private static ProblemException none() {
        return problem(ProblemKind.NO_UNLOCK_PIN, "Intune shows no PIN for this action.",
                "Only locked Macs have a PIN, and only after the Mac has responded; try again later.");
    }

    private static ProblemException alreadyDisclosed() {
        return problem(ProblemKind.UNLOCK_PIN_SHOWN, "The PIN of this lock was shown before.",
                "Intune's admin center shows it for 30 days.");
    }

    private static ProblemException problem(ProblemKind kind, String detail, String remedy) {
        return new ProblemException(Problem.of(kind, detail, remedy));
    }
}
