package io.acmpintune.engine.inventory;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.workflow.ConnectorProblem;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ConnectorApi;
import io.acmpintune.model.device.DeviceChanges;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.lane.LaneRun;

/** The pull lane of one workflow: reads the connector's device feed and stores clients together with the position. */
final class DevicePuller {

    private static final Logger log = LoggerFactory.getLogger(DevicePuller.class);
    private static final int PAGE = 1_000;
    /** Short, so that a shutdown is quick. */
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final Workflow workflow;
    private final WorkflowInventory inventory;
    private final ConnectorApi connector;
    private final DeviceImporter importer;
    private final ClientRepository clients;
    private final ClientChangeListener listener;
    private final JsonMapper json;

    /**
     * Creates the puller of a workflow.
     *
     * @param listener notified after each page that changed something
     */
    DevicePuller(WorkflowInventory inventory, ConnectorApi connector, DeviceImporter importer, ClientRepository clients,
            ClientChangeListener listener, JsonMapper json) {
        this.workflow = inventory.workflow();
        this.inventory = inventory;
        this.connector = connector;
        this.importer = importer;
        this.clients = clients;
        this.listener = listener;
        this.json = json;
    }

    Duration run(LaneRun lane) {
        try {
            return pull(lane);
        } catch (RestClientException e) {
            Problem problem = ConnectorProblem.of(workflow, e, json);
            log.warn("Reading the device feed failed: {} {} (workflow={}, connector={})", problem.detail(),
                    problem.remedy(), workflow, workflow.connector());
            return AFTER_FAILURE;
        }
    }

    private Duration pull(LaneRun lane) {
        FeedPosition position = clients.position(workflow.name());
        while (!lane.stopping()) {
            position = startingPoint(position);
            DeviceChanges page = connector.deviceChanges(workflow.connector(), position.after(), PAGE, WAIT);
            if (position.feed() != null && !position.feed().equals(page.feed())) {
                log.info(
                        "Reading the device feed from its start: the connector has a new feed (workflow={}, connector={})",
                        workflow, workflow.connector());
                position = new FeedPosition(inventory.mapping().digest(), page.feed(), 0);
                continue;
            }
            FeedPosition next = new FeedPosition(inventory.mapping().digest(), page.feed(), page.next());
            if (page.changes().isEmpty()) {
                if (!next.equals(clients.position(workflow.name()))) {
                    lane.write(() -> clients.moveTo(workflow.name(), next));
                }
            } else {
                store(page, next, lane);
            }
            position = next;
        }
        return Duration.ZERO;
    }

    /** After a change of the mapping all devices are mapped again, from the start of the feed. */
    private FeedPosition startingPoint(FeedPosition stored) {
        if (stored.mapping() != null && !stored.mapping().equals(inventory.mapping().digest())) {
            log.info("Mapping all devices again: the mapping has changed (workflow={})", workflow);
            return new FeedPosition(inventory.mapping().digest(), stored.feed(), 0);
        }
        return stored;
    }

    private void store(DeviceChanges page, FeedPosition next, LaneRun lane) {
        lane.write(() -> {
            importer.importPage(inventory, page);
            clients.moveTo(workflow.name(), next);
        });
        log.info("Imported {} changed devices (workflow={}, connector={})", page.changes().size(), workflow,
                workflow.connector());
        listener.clientsChanged(workflow);
    }
}
