package io.acmpintune.engine.inventory;

import java.util.HashSet;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.AuditValues;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.RemovalHold;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** Shows the removals that a workflow's connector holds, and decides them. */
@Component
public class RemovalHolds {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final ConnectorRequests connectors;
    private final DeviceRepository devices;
    private final Audit audit;
    private final TransactionOperations transactions;

    RemovalHolds(ConnectorRequests connectors, DeviceRepository devices, Audit audit,
            TransactionOperations transactions) {
        this.connectors = connectors;
        this.devices = devices;
        this.audit = audit;
        this.transactions = transactions;
    }

    /**
     * A device of a hold.
     *
     * @param name its last name in Intune; null = the device is unknown or has none
     */
    public record HeldDevice(DeviceId device, @Nullable String name, @Nullable String serialNumber) {}

    /**
     * Returns the connector's holds, the newest first.
     *
     * @throws ProblemException when the connector does not answer
     */
    public List<RemovalHold> list(Workflow workflow) {
        return connectors.call(workflow, connector -> connector.removalHolds(workflow.connector()));
    }

    /** Returns a hold; 404 if the connector no longer has it. */
    public RemovalHold find(Workflow workflow, long id) {
        return list(workflow).stream()
                .filter(hold -> hold.id() == id)
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.UNKNOWN_REMOVAL_HOLD,
                        workflow.connector() + " has no removal hold " + id + ".",
                        "Reload the holds: a newer scan replaces them.")));
    }

    /** Returns what is known of devices, in the given order. */
    public List<HeldDevice> devices(Workflow workflow, List<DeviceId> ids) {
        Map<DeviceId, ReportedDevice> known = devices.sources(workflow.name(), new HashSet<>(ids));
        return ids.stream().map(id -> {
            ReportedDevice device = known.get(id);
            return device == null
                    ? new HeldDevice(id, null, null)
                    : new HeldDevice(id, device.device().deviceName(), device.device().serialNumber());
        }).toList();
    }

    /**
     * Sends a decision to the connector. The set of a hold never changes, since the next scan creates another hold: so the
     * decision is about what the person saw. It is audited before it is sent, and again if the connector refuses it.
     */
    public RemovalHold decide(Workflow workflow, long id, boolean release, String actor) {
        RemovalHold.State wanted = release ? RemovalHold.State.RELEASED : RemovalHold.State.REJECTED;
        record(event(AuditEventType.HOLD_DECIDED, workflow, id, actor).changing(null,
                AuditValues.none().with("state", wanted)));
        try {
            return connectors.call(workflow, connector -> connector.decideRemovalHold(workflow.connector(), id,
                    new RemovalHold.Decision(release, actor)));
        } catch (ProblemException e) {
            int status = e.problem().status();
            if (status == NOT_FOUND || status == CONFLICT) {
                record(event(AuditEventType.REFUSED, workflow, id, actor).because(e.problem().detail()));
            } else {
                record(event(AuditEventType.HOLD_DECIDED, workflow, id, actor)
                        .because("it is not known whether the connector accepted it: " + e.problem().detail()));
            }
            throw e;
        }
    }

    private static AuditEvent event(AuditEventType event, Workflow workflow, long id, String actor) {
        return AuditEvent.of(event, actor)
                .in(workflow.name())
                .to(AuditTarget.Kind.HOLD, workflow.connector() + "/" + id);
    }

    private void record(AuditEvent event) {
        transactions.executeWithoutResult(_ -> audit.record(event));
    }
}
