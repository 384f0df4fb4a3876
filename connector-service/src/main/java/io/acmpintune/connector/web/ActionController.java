package io.acmpintune.connector.web;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.connector.action.ActionOrders;
import io.acmpintune.connector.action.DeviceActions;
import io.acmpintune.connector.action.UnlockPinDisclosure;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Connectors;
import io.acmpintune.model.ActionApi;
import io.acmpintune.model.action.ActionCancellation;
import io.acmpintune.model.action.ActionChanges;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionDecision;
import io.acmpintune.model.action.ActionEvent;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.UnlockPin;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;

@RestController
class ActionController implements ActionApi {

    private static final int MAX_KEY_LENGTH = 200;

    private final Connectors connectors;
    private final ActionOrders orders;
    private final DeviceActions actions;
    private final UnlockPinDisclosure pins;
    private final LongPoll longPoll;

    ActionController(Connectors connectors, ActionOrders orders, DeviceActions actions, UnlockPinDisclosure pins,
            LongPoll longPoll) {
        this.connectors = connectors;
        this.orders = orders;
        this.actions = actions;
        this.pins = pins;
        this.longPoll = longPoll;
    }

    @Override
    public DeviceAction requestAction(String name, String idempotencyKey, ActionCommand command) {
        Connector connector = ConnectorController.find(connectors, name);
        if (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_KEY_LENGTH) {
            throw InvalidRequest.of("Idempotency-Key", "must have 1 to " + MAX_KEY_LENGTH + " characters");
        }
        return orders.order(connector, idempotencyKey, command);
    }

    @Override
    public DeviceAction action(String name, UUID id) {
        return find(ConnectorController.find(connectors, name), id);
    }

    @Override
    public List<ActionEvent> history(String name, UUID id) {
        return actions.history(find(ConnectorController.find(connectors, name), id));
    }

    @Override
    public DeviceAction cancel(String name, UUID id, ActionCancellation cancellation) {
        Connector connector = ConnectorController.find(connectors, name);
        return actions.cancel(connector, find(connector, id), cancellation);
    }

    @Override
    public DeviceAction decide(String name, UUID id, ActionDecision decision) {
        Connector connector = ConnectorController.find(connectors, name);
        return actions.decide(connector, find(connector, id), decision);
    }

    @Override
    public UnlockPin unlockPin(String name, UUID id, UnlockPin.Request request) {
        Connector connector = ConnectorController.find(connectors, name);
        return pins.disclose(connector, find(connector, id), request);
    }

    @Override
    public ActionChanges actionChanges(String name, long after, int limit, Duration wait) {
        Connector connector = ConnectorController.find(connectors, name);
        FeedParameters.check(after, limit, wait);
        return longPoll.first(wait, () -> actions.changes(connector, after, limit))
                .orElseGet(() -> actions.unchanged(connector, after));
    }

    private DeviceAction find(Connector connector, UUID id) {
        return actions.find(connector, id)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.UNKNOWN_ACTION,
                        connector + " has no action " + id + ".", "Use an id that this connector answered.")));
    }
}
