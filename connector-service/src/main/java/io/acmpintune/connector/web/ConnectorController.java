package io.acmpintune.connector.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.connector.action.DeviceActions;
import io.acmpintune.connector.inventory.Inventory;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Connectors;
import io.acmpintune.model.ConnectorApi;
import io.acmpintune.model.ConnectorStatus;
import io.acmpintune.model.QuarantinedDevice;
import io.acmpintune.model.RemovalHold;
import io.acmpintune.model.action.ActionChanges;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.device.DeviceChanges;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.ProblemException;

@RestController
class ConnectorController implements ConnectorApi {

    private static final int LARGEST_LIMIT = 5_000;
    private static final int LONGEST_KEY = 200;

    private final Connectors connectors;
    private final Inventory inventory;
    private final DeviceActions actions;
    private final LongPoll longPoll;

    ConnectorController(Connectors connectors, Inventory inventory, DeviceActions actions, LongPoll longPoll) {
        this.connectors = connectors;
        this.inventory = inventory;
        this.actions = actions;
        this.longPoll = longPoll;
    }

    @Override
    public ConnectorStatus status(String connector) {
        return inventory.status(find(connector));
    }

    @Override
    public List<ConnectorStatus.Scan> scans(String connector) {
        return inventory.scans(find(connector));
    }

    @Override
    public ConnectorStatus startScan(String name) {
        Connector connector = find(name);
        inventory.scanNow(connector);
        return inventory.status(connector);
    }

    @Override
    public List<QuarantinedDevice> quarantine(String connector) {
        return inventory.quarantine(find(connector));
    }

    @Override
    public List<RemovalHold> removalHolds(String connector) {
        return inventory.removalHolds(find(connector));
    }

    @Override
    public RemovalHold decideRemovalHold(String name, long id, RemovalHold.Decision decision) {
        Connector connector = find(name);
        return inventory.decide(connector, id, decision)
                .orElseThrow(() -> new ProblemException(Problem.of("unknown-removal-hold", "Unknown removal hold", 404,
                        connector + " has no removal hold " + id + " that waits for a decision.",
                        "Read the holds again: a newer scan may have replaced it, or somebody has decided it.")));
    }

    @Override
    public DeviceChanges deviceChanges(String name, long after, int limit, Duration wait) {
        Connector connector = find(name);
        check(after, limit, wait);
        return longPoll.first(wait, () -> inventory.changes(connector, after, limit))
                .orElseGet(() -> inventory.unchanged(connector, after));
    }

    @Override
    public ActionChanges actionChanges(String name, long after, int limit, Duration wait) {
        Connector connector = find(name);
        check(after, limit, wait);
        return longPoll.first(wait, () -> actions.changes(connector, after, limit))
                .orElseGet(() -> actions.unchanged(connector, after));
    }

    @Override
    public DeviceAction requestAction(String name, String idempotencyKey, ActionCommand command) {
        Connector connector = find(name);
        if (idempotencyKey.isBlank() || idempotencyKey.length() > LONGEST_KEY) {
            throw invalid(List
                    .of(new Problem.FieldError("Idempotency-Key", "must have 1 to " + LONGEST_KEY + " characters")));
        }
        return actions.order(connector, idempotencyKey, command);
    }

    @Override
    public DeviceAction action(String name, UUID id) {
        Connector connector = find(name);
        return actions.find(connector, id)
                .orElseThrow(() -> new ProblemException(Problem.of("unknown-action", "Unknown action", 404,
                        connector + " has no action " + id + ".", "Use an id that this connector answered.")));
    }

    private Connector find(String name) {
        return find(connectors, name);
    }

    static Connector find(Connectors connectors, String name) {
        return connectors.find(name)
                .orElseThrow(() -> new ProblemException(Problem.of("unknown-connector", "Unknown connector", 404,
                        "This service has no connector of that name.",
                        "Use one of: " + String.join(", ", connectors.names()) + ".")));
    }

    private static void check(long after, int limit, Duration wait) {
        List<Problem.FieldError> errors = new ArrayList<>();
        if (after < 0) {
            errors.add(new Problem.FieldError("after", "must be 0 or a revision that the feed told"));
        }
        if (limit < 1 || limit > LARGEST_LIMIT) {
            errors.add(new Problem.FieldError("limit", "must be 1 to " + LARGEST_LIMIT));
        }
        if (wait.isNegative() || wait.compareTo(LongPoll.LONGEST) > 0) {
            errors.add(new Problem.FieldError("wait", "must be 0 to " + LongPoll.LONGEST.toSeconds() + " s"));
        }
        if (!errors.isEmpty()) {
            throw invalid(errors);
        }
    }

    private static ProblemException invalid(List<Problem.FieldError> errors) {
        return new ProblemException(Problem.of("invalid-request", "Invalid request", 400,
                "The request has " + errors.size() + " wrong field(s).",
                "Correct what is named and send the request again.").withErrors(errors));
    }
}
