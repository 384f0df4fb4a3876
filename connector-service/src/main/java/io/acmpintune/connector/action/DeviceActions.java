package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.connector.inventory.FeedSignal;
import io.acmpintune.connector.inventory.Inventory;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Connectors;
import io.acmpintune.model.action.ActionCancellation;
import io.acmpintune.model.action.ActionChanges;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionDecision;
import io.acmpintune.model.action.ActionEvent;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.WipeOptions;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.lane.Lanes;
import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;
import io.acmpintune.runtime.secret.UnlockCodes;

/** Takes orders, tells how they stand, and lets persons take them back or decide them. */
@Component
public class DeviceActions {

    private static final Logger log = LoggerFactory.getLogger(DeviceActions.class);

    private final ActionRepository actions;
    private final ActionStopRepository stops;
    private final UnlockCodes unlockCodes;
    private final Connectors connectors;
    private final Inventory inventory;
    private final TransactionOperations transactions;
    private final Lanes lanes;
    private final FeedSignal signal;
    private final InstantSource clock;

    DeviceActions(ActionRepository actions, ActionStopRepository stops, UnlockCodes unlockCodes, Connectors connectors,
            Inventory inventory,
            TransactionOperations transactions, Lanes lanes, FeedSignal signal, InstantSource clock) {
        this.actions = actions;
        this.stops = stops;
        this.unlockCodes = unlockCodes;
        this.connectors = connectors;
        this.inventory = inventory;
        this.transactions = transactions;
        this.lanes = lanes;
        this.signal = signal;
        this.clock = clock;
    }

    /**
     * Stores the order under its key, to be sent at once; one that must not be sent is stored as refused. One that only has
     * to wait is not stored, and may be repeated under its key.
     *
     * @throws ProblemException 429 when a limit has no room, with the time until it has; 404 for a device that the connector does not know, 409 for a key that stands for another order,
     *             400 for one that cannot be kept, is too late already, or is destructive and does not say of which device
     */
    public DeviceAction order(Connector connector, String key, ActionCommand command) {
        DeviceAction action = actions.byKey(connector.name(), key).orElseGet(() -> add(connector, key, command));
        if (!isSame(action, key, command)) {
            throw new ProblemException(Problem.of(ProblemKind.IDEMPOTENCY_KEY_REUSED,
                    "The key stands for " + action.command().kind().text() + " on "
                            + action.command().deviceId() + ", requested by " + action.command().requestedBy() + ".",
                    "Choose a new key for a new order; repeat an order with exactly the same body."));
        }
        return action;
    }

    private boolean isSame(DeviceAction action, String key, ActionCommand command) {
        @Nullable
        String code = unlockCode(command);
        return action.command().equals(command.withoutSecrets())
                && Objects.equals(actions.unlockCodeDigest(action.id()),
                        code == null || !unlockCodes.canKeep() ? null : unlockCodes.digest(key, code));
    }

    private static @Nullable String unlockCode(ActionCommand command) {
        WipeOptions wipe = command.wipe();
        return wipe == null ? null : wipe.macOsUnlockCode();
    }

    private DeviceAction add(Connector connector, String key, ActionCommand command) {
        Device device = inventory.find(connector, command.deviceId())
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.UNKNOWN_DEVICE,
                        connector + " knows no device " + command.deviceId() + " in Intune.",
                        "Use the id of a device of this connector's feed; one that left Intune cannot be reached.")));
        if (command.kind().isDestructive() && command.expected() == null) {
            throw InvalidRequest.of("expected", "is missing, and the kind is " + command.kind().text()
                    + "; say what the device looks like to whoever wants it: serialNumber, deviceName,"
                    + " userPrincipalName, ownerType");
        }
        Instant now = clock.instant();
        ActionRepository.NewAction action = action(connector, key, command, now);
        DeviceAction stored = Objects.requireNonNull(transactions.execute(_ -> {
            actions.hold(ofTenant(connector));
            return actions.byKey(connector.name(), key).orElseGet(() -> add(connector, action, device, now));
        }));
        if (stored.state() == ActionState.QUEUED) {
            lanes.wake(ActionConfiguration.SEND, connector.name());
        }
        signal.changed();
        return stored;
    }

    private ActionRepository.NewAction action(Connector connector, String key, ActionCommand command, Instant now) {
        Instant expires = command.expiresAt() == null
                ? now.plus(connector.actions().expireAfter())
                : command.expiresAt();
        if (!expires.isAfter(now)) {
            throw InvalidRequest.of("expiresAt", "must be in the future; it is now " + now);
        }
        UUID id = UUID.randomUUID();
        @Nullable
        String code = unlockCode(command);
        if (code == null) {
            return new ActionRepository.NewAction(id, key, command, expires, null, null);
        }
        if (!unlockCodes.canKeep()) {
            throw InvalidRequest.of("wipe.macOsUnlockCode",
                    "cannot be kept safely: this service has no key to encrypt it with;"
                            + " set connector.secrets.key, or wipe without a code");
        }
        return new ActionRepository.NewAction(id, key, command.withoutSecrets(), expires, unlockCodes.seal(id, code),
                unlockCodes.digest(key, code));
    }

    private DeviceAction add(Connector connector, ActionRepository.NewAction action, Device device, Instant now) {
        Optional<Transition> objection = objection(connector, action, device);
        if (objection.isEmpty()) {
            requireRoom(connector, action.command().kind(), now);
        }
        actions.add(connector.name(), action, now);
        DeviceAction queued = find(connector, action.id()).orElseThrow();
        if (objection.isEmpty()) {
            return queued;
        }
        actions.take(connector.name(), queued, objection.get(), now);
        return find(connector, action.id()).orElseThrow();
    }

    private Optional<Transition> objection(Connector connector, ActionRepository.NewAction action, Device device) {
        return stops.all(connector.name())
                .stream()
                .filter(stop -> stop.covers(action.command().origin()))
                .findFirst()
                .map(ActionStops::cancelling)
                .or(() -> ActionAdmission.refusal(action.command(), situation(connector, action, device))
                        .map(Transition.to(ActionState.REFUSED)::because));
    }

    private ActionAdmission.Context situation(Connector connector, ActionRepository.NewAction action, Device device) {
        ActionKind kind = action.command().kind();
        @Nullable
        DeviceAction underWay = kind.isExclusive()
                ? actions.underWay(connector.name(), device.id(), kind).orElse(null)
                : null;
        return new ActionAdmission.Context(connector.actions().enabled(), device, underWay);
    }

    /** An order that has to wait leaves nothing behind. */
    private void requireRoom(Connector connector, ActionKind kind, Instant now) {
        ActionAdmission.longestExhausted(ActionAdmission.limits(kind, connector.actions())
                .stream()
                .flatMap(limit -> usedUp(connector, kind, limit, now).stream())
                .toList()).ifPresent(used -> {
                    log.warn("{}: a {} has to wait until {}, when {} has room again", connector, kind.text(),
                            used.until(), used.limit().key());
                    throw new ProblemException(used.problem(kind),
                            Duration.between(now, used.until()).plusSeconds(1));
                });
    }

    private Optional<ActionAdmission.ExhaustedLimit> usedUp(Connector connector, ActionKind kind,
            ActionAdmission.Limit limit,
            Instant now) {
        List<String> sharing = switch (limit.whose()) {
            case TENANT -> ofTenant(connector);
            case CONNECTOR -> List.of(connector.name());
        };
        return actions.sentBefore(sharing, kind, limit.most(), now.minus(limit.window()))
                .map(since -> new ActionAdmission.ExhaustedLimit(limit, since));
    }

    /** Intune's limits are the tenant's, whichever connector uses them up. */
    private List<String> ofTenant(Connector connector) {
        return connectors.all()
                .stream()
                .filter(other -> other.tenantId().equals(connector.tenantId()))
                .map(Connector::name)
                .toList();
    }

    /**
     * Takes an action back.
     *
     * @throws ProblemException 409 when it was sent
     */
    public DeviceAction cancel(Connector connector, DeviceAction action, ActionCancellation cancellation) {
        Transition step = Transition.to(ActionState.CANCELLED).by(cancellation.cancelledBy());
        return switch (action.state()) {
            case QUEUED, AWAITING_APPROVAL, NEEDS_DECISION -> take(connector, action, step);
            case SENDING, ACCEPTED, PENDING, UNCERTAIN, DONE, FAILED, NOT_SUPPORTED, REFUSED, CANCELLED, EXPIRED ->
                throw conflict(action, "can no longer be taken back", "Nothing: Intune has it, or it is at its end.");
        };
    }

    /**
     * Decides an action of which nobody knows whether Intune took it.
     *
     * @throws ProblemException 409 when it needs no decision
     */
    public DeviceAction decide(Connector connector, DeviceAction action, ActionDecision decision) {
        if (action.state() != ActionState.NEEDS_DECISION) {
            throw conflict(action, "needs no decision", "Read the action again; decide only what is needs-decision.");
        }
        Transition step = switch (decision.verdict()) {
            case TAKEN -> Transition.to(ActionState.ACCEPTED)
                    .acceptedAt(Objects.requireNonNull(action.sentAt(), "it was sent"));
            case SEND_AGAIN -> Transition.to(ActionState.QUEUED);
            case GIVE_UP -> Transition.to(ActionState.CANCELLED);
        };
        DeviceAction decided = take(connector, action, step.by(decision.decidedBy()).noting(decision.verdict().text()));
        lanes.wake(ActionConfiguration.SEND, connector.name());
        return decided;
    }

    private DeviceAction take(Connector connector, DeviceAction action, Transition step) {
        Instant now = clock.instant();
        boolean taken = Boolean.TRUE.equals(transactions.execute(_ -> {
            if (step.to() == ActionState.QUEUED) {
                actions.expireAt(action.id(), now.plus(connector.actions().expireAfter()));
            }
            return actions.tryTake(connector.name(), action, step, now);
        }));
        DeviceAction after = find(connector, action.id()).orElseThrow();
        if (!taken) {
            throw conflict(after, "has moved on meanwhile", "Read the action again.");
        }
        log.info("{}: {} makes action {} on {} {}", connector, step.by(), action.id(), action.command().deviceId(),
                step.to().text());
        signal.changed();
        return after;
    }

    public Optional<DeviceAction> find(Connector connector, UUID id) {
        return actions.find(connector.name(), id);
    }

    /** Everything that happened to an action, the oldest first. */
    public List<ActionEvent> history(DeviceAction action) {
        return actions.history(action.id());
    }

    /** The feed behind a revision; empty when there is nothing new. */
    public Optional<ActionChanges> changes(Connector connector, long after, int limit) {
        ActionRepository.Feed feed = actions.feed(connector.name());
        List<DeviceAction> changes = actions.changes(connector.name(), after, limit);
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        long next = changes.getLast().revision();
        return Optional.of(new ActionChanges(feed.id(), next, next < feed.revision(), changes));
    }

    /** The answer when there is nothing new. */
    public ActionChanges unchanged(Connector connector, long after) {
        ActionRepository.Feed feed = actions.feed(connector.name());
        return new ActionChanges(feed.id(), Math.min(after, feed.revision()), false, List.of());
    }

    private static ProblemException conflict(DeviceAction action, String what, String remedy) {
        return new ProblemException(Problem.of(ProblemKind.ACTION_STATE,
                "Action " + action.id() + " is " + action.state().text() + " and " + what + ".", remedy));
    }
}
