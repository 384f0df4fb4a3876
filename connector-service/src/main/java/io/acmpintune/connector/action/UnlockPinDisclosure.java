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
 * Tells the PIN that opens a Mac again, once, to who locked it. It is read from Intune at that moment, so that no database,
 * backup or log of ours ever holds one.
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
     * Reads it from Intune.
     *
     * @throws ProblemException 403 to another person, 404 while Intune shows none, 409 when it was told, 502 when Intune cannot be
     *             read
     */
    public UnlockPin tell(Connector connector, DeviceAction action, UnlockPin.Request request) {
        if (!action.command().requestedBy().equals(request.requestedBy())) {
            throw problem(ProblemKind.UNLOCK_PIN_FORBIDDEN,
                    "Only who ordered the lock is told its PIN.",
                    "Ask " + action.command().requestedBy() + ", or look in Intune's admin center.");
        }
        Instant accepted = actions.acceptedAt(action.id()).orElse(null);
        if (action.command().kind() != ActionKind.REMOTE_LOCK || accepted == null) {
            throw none();
        }
        if (actions.pinTold(action.id())) {
            throw told();
        }
        return switch (graphs.of(connector)
                .devices().unlockPin(action.command().deviceId(), accepted.minus(ActionStart.CLOCK_SKEW))) {
            case UnlockPinResult.Found(var pin) -> {
                if (!mayTell(action, request)) {
                    throw told();
                }
                yield pin;
            }
            case UnlockPinResult.None() -> throw none();
            case UnlockPinResult.Unreadable(var why) -> throw problem(ProblemKind.UNLOCK_PIN_UNREADABLE,
                    why.detail(), why.remedy() + " The PIN was not told, and can be asked for again.");
        };
    }

    private boolean mayTell(DeviceAction action, UnlockPin.Request request) {
        return Objects.requireNonNull(
                transactions.execute(_ -> actions.tellPin(action, request.requestedBy(), clock.instant())));
    }

    private static ProblemException none() {
        return problem(ProblemKind.NO_UNLOCK_PIN, "Intune shows no PIN for this action.",
                "Only the lock of a Mac has one, and only once the Mac has answered; ask again later.");
    }

    private static ProblemException told() {
        return problem(ProblemKind.UNLOCK_PIN_SHOWN, "The PIN of this lock was told before.",
                "Intune's admin center shows it for 30 days.");
    }

    private static ProblemException problem(ProblemKind kind, String detail, String remedy) {
        return new ProblemException(Problem.of(kind, detail, remedy));
    }
}
