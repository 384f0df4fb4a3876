package io.acmpintune.connector.web;

import java.time.Duration;
import java.util.List;

import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.connector.health.CredentialMonitor;
import io.acmpintune.connector.inventory.Inventory;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Connectors;
import io.acmpintune.model.ConnectorApi;
import io.acmpintune.model.ConnectorStatus;
import io.acmpintune.model.ExpiringCredential;
import io.acmpintune.model.QuarantinedDevice;
import io.acmpintune.model.RemovalHold;
import io.acmpintune.model.ScannerSettings;
import io.acmpintune.model.device.DeviceChanges;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;

@RestController
class ConnectorController implements ConnectorApi {

    private final Connectors connectors;
    private final Inventory inventory;
    private final CredentialMonitor credentials;
    private final LongPoll longPoll;

    ConnectorController(Connectors connectors, Inventory inventory, CredentialMonitor credentials, LongPoll longPoll) {
        this.connectors = connectors;
        this.inventory = inventory;
        this.credentials = credentials;
        this.longPoll = longPoll;
    }

    @Override
    public ConnectorStatus status(String connector) {
        return inventory.status(find(connector));
    }

    @Override
    public ScannerSettings scanner(String connector) {
        return inventory.scanner(find(connector));
    }

    @Override
    public ScannerSettings changeScanner(String name, ScannerSettings.Change change) {
        Connector connector = find(name);
        IntervalReader reader = new IntervalReader();
        Duration incremental = reader.read("incrementalInterval", change.incrementalInterval(),
                Connector.ScanSettings.MIN_INCREMENTAL_INTERVAL);
        Duration full = reader.read("fullInterval", change.fullInterval(),
                Connector.ScanSettings.MIN_FULL_INTERVAL);
        if (!reader.errors().isEmpty()) {
            throw InvalidRequest.of(reader.errors());
        }
        return inventory.changeScanner(connector, incremental, full);
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
    public List<ExpiringCredential> credentials(String connector) {
        return credentials.of(find(connector));
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
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.UNKNOWN_REMOVAL_HOLD,
                        connector + " has no removal hold " + id + " that waits for a decision.",
                        "Read the holds again: a newer scan may have replaced it, or somebody has decided it.")));
    }

    @Override
    public DeviceChanges deviceChanges(String name, long after, int limit, Duration wait) {
        Connector connector = find(name);
        FeedParameters.check(after, limit, wait);
        return longPoll.first(wait, () -> inventory.changes(connector, after, limit))
                .orElseGet(() -> inventory.unchanged(connector, after));
    }

    private Connector find(String name) {
        return find(connectors, name);
    }

    static Connector find(Connectors connectors, String name) {
        return connectors.find(name)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemKind.UNKNOWN_CONNECTOR, "This service has no connector of that name.",
                                "Use one of: " + String.join(", ", connectors.names()) + ".")));
    }
}
