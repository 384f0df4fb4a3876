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
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.action.WipeOptions;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.lane.Lanes;
import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;
import io.acmpintune.runtime.secret.UnlockCodeCipher;

/** Accepts orders for device actions. */
@Component
public class ActionOrders {

    private static final Logger log = LoggerFactory.getLogger(ActionOrders.class);

    private final ActionRepository actions;
    private final ActionStopRepository stops;
    private final UnlockCodeCipher unlockCodeCipher;
    private final Connectors connectors;
    private final Inventory inventory;
    private final TransactionOperations transactions;
    private final Lanes lanes;
    private final FeedSignal signal;
    private final InstantSource clock;

    ActionOrders(ActionRepository actions, ActionStopRepository stops, UnlockCodeCipher unlockCodeCipher,
            Connectors connectors,
            Inventory inventory, TransactionOperations transactions, Lanes lanes, FeedSignal signal,
            InstantSource clock) {
        this.actions = actions;
        this.stops = stops;
        this.unlockCodeCipher = unlockCodeCipher;
        this.connectors = connectors;
        this.inventory = inventory;
        this.transactions = transactions;
        this.lanes = lanes;
        this.signal = signal;
        this.clock = clock;
    }

    /**
     * Stores an order under its key, to be sent soon; a refused order is stored as refused, and one that is too late as expired. An order that must wait because of a limit
     * is not stored and may be repeated under its key. A repetition can only make it expire earlier: one that has expired asks for
     * an action without making one.
     *
     * @throws ProblemException 429 with the waiting time when a limit is used up; 404 for an unknown device; 409 for a key that was used
     *             for another order; 400 for an unlock code that cannot be encrypted, or a destructive order without the expected
     *             device
     */
    public DeviceAction order(Connector connector, String key, ActionCommand command) {
        DeviceAction action = actions.byKey(connector.name(), key).orElseGet(() -> add(connector, key, command));
        if (!isSame(action, key, command)) {
            throw new ProblemException(Problem.of(ProblemKind.IDEMPOTENCY_KEY_REUSED,
                    "The key was used for " + action.command().kind().text() + " on "
                            + action.command().deviceId() + ", requested by " + action.command().requestedBy() + ".",
                    "Use a new key for a new order, or repeat the order with the same body."));
        }
        Instant expires = command.expiresAt();
        if (expires != null && !expires.equals(action.command().expiresAt())) {
            actions.expireBy(action.id(), expires);
        }
        return action;
    }

    private boolean isSame(DeviceAction action, String key, ActionCommand command) {
        @Nullable
        String code = unlockCode(command);
        return action.command().expiring(null).equals(command.withoutSecrets().expiring(null))
                && Objects.equals(actions.unlockCodeDigest(action.id()),
                        code == null || !unlockCodeCipher.hasKey() ? null : unlockCodeCipher.digest(key, code));
    }

    private static @Nullable String unlockCode(ActionCommand command) {
        WipeOptions wipe = command.wipe();
        return wipe == null ? null : wipe.macOsUnlockCode();
    }

    private DeviceAction add(Connector connector, String key, ActionCommand command) {
        Device device = inventory.find(connector, command.deviceId())
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.UNKNOWN_DEVICE,
                        connector + " has no device " + command.deviceId() + ".",
                        "Use the id of a device in this connector's feed; devices that were removed from Intune cannot be reached.")));
        Impact impact = Impact.of(command.kind(), device);
        if (impact == Impact.DESTRUCTIVE && command.expected() == null) {
            throw InvalidRequest.of("expected", "is required for " + command.kind().text()
                    + " of this device; set serialNumber, deviceName, userPrincipalName and ownerType as last seen");
        }
        Instant now = clock.instant();
        ActionRepository.NewAction action = action(connector, key, command, impact, now);
        DeviceAction stored = Objects.requireNonNull(transactions.execute(_ -> {
            actions.lock(ofTenant(connector));
            return actions.byKey(connector.name(), key).orElseGet(() -> add(connector, action, device, now));
        }));
        if (stored.state() == ActionState.QUEUED) {
            lanes.wake(ActionConfiguration.SEND, connector.name());
        }
        signal.changed();
        return stored;
    }

    private ActionRepository.NewAction action(Connector connector, String key, ActionCommand command, Impact impact,
            Instant now) {
        Instant expires = command.expiresAt() == null
                ? now.plus(connector.actions().expireAfter())
                : command.expiresAt();
        UUID id = UUID.randomUUID();
        @Nullable
        String code = unlockCode(command);
        if (code == null) {
            return new ActionRepository.NewAction(id, key, command, impact, expires, null, null);
        }
        if (!unlockCodeCipher.hasKey()) {
            throw InvalidRequest.of("wipe.macOsUnlockCode", "cannot be encrypted, because this service has no key;"
                    + " set connector.secrets.key, or wipe without a code");
        }
        return new ActionRepository.NewAction(id, key, command.withoutSecrets(), impact, expires,
                unlockCodeCipher.encrypt(id, code),
                unlockCodeCipher.digest(key, code));
    }

    private DeviceAction add(Connector connector, ActionRepository.NewAction action, Device device, Instant now) {
        Optional<Transition> objection = objection(connector, action, device, now);
        if (objection.isEmpty()) {
            requireCapacity(connector, action.command().kind(), action.impact(), now);
        }
        actions.add(connector.name(), action, now);
        DeviceAction queued = actions.find(connector.name(), action.id()).orElseThrow();
        if (objection.isEmpty()) {
            return queued;
        }
        actions.apply(connector.name(), queued, objection.get(), now);
        return actions.find(connector.name(), action.id()).orElseThrow();
    }

    private Optional<Transition> objection(Connector connector, ActionRepository.NewAction action, Device device,
            Instant now) {
        return stops.all(connector.name())
                .stream()
                .filter(stop -> stop.covers(action.command().origin()))
                .findFirst()
                .map(ActionStops::cancelling)
                .or(() -> action.expiresAt().isAfter(now)
                        ? Optional.empty()
                        : Optional.of(OutcomeTransitions.late(action.expiresAt())))
                .or(() -> ActionAdmission.refusal(action.command(), context(connector, action, device))
                        .map(Transition.to(ActionState.REFUSED)::because));
    }

    private ActionAdmission.Context context(Connector connector, ActionRepository.NewAction action, Device device) {
        ActionKind kind = action.command().kind();
        @Nullable
        DeviceAction inProgress = kind.isExclusive()
                ? actions.inProgress(connector.name(), device.id(), kind).orElse(null)
                : null;
        return new ActionAdmission.Context(connector.actions().enabled(), device, inProgress);
    }

    /** Orders that must wait are not stored. */
    private void requireCapacity(Connector connector, ActionKind kind, Impact impact, Instant now) {
        ActionAdmission.longestExhausted(ActionAdmission.limits(kind, impact, connector.actions())
                .stream()
                .flatMap(limit -> exhausted(connector, kind, impact, limit, now).stream())
                .toList()).ifPresent(used -> {
                    log.warn("Rejected an order because a limit is used up (connector={}, kind={}, limit={}, until={})",
                            connector, kind.text(), used.limit().key(), used.until());
                    throw new ProblemException(used.problem(kind),
                            Duration.between(now, used.until()).plusSeconds(1));
                });
    }

    private Optional<ActionAdmission.ExhaustedLimit> exhausted(Connector connector, ActionKind kind, Impact impact,
            ActionAdmission.Limit limit, Instant now) {
        List<String> sharing = switch (limit.scope()) {
            case TENANT -> ofTenant(connector);
            case CONNECTOR -> List.of(connector.name());
        };
        return actions.nthNewest(sharing, kind, impact, limit.max(), now.minus(limit.window()))
                .map(since -> new ActionAdmission.ExhaustedLimit(limit, since));
    }

    /** Returns the connectors that share Intune's limits, which apply per tenant. */
    private List<String> ofTenant(Connector connector) {
        return connectors.all()
                .stream()
                .filter(other -> other.tenantId().equals(connector.tenantId()))
                .map(Connector::name)
                .toList();
    }
}
