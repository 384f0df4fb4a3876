package io.acmpintune.engine.inventory;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.AuditValues;
import io.acmpintune.engine.audit.Correlation;
import io.acmpintune.engine.audit.Requester;
import io.acmpintune.engine.matching.DeviceDecision;
import io.acmpintune.engine.matching.KnownDevice;
import io.acmpintune.engine.matching.MatchState;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.Problem.FieldError;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** Takes operators' decisions about devices. Each applies at once, to the device and to those that depend on it. */
@Component
public class DeviceDecisions {

    private static final Logger log = LoggerFactory.getLogger(DeviceDecisions.class);

    private final Inventories inventories;
    private final DeviceImporter importer;
    private final DecisionRepository decisions;
    private final Audit audit;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    DeviceDecisions(Inventories inventories, DeviceImporter importer, DecisionRepository decisions, Audit audit,
            TransactionOperations transactions, InstantSource clock) {
        this.inventories = inventories;
        this.importer = importer;
        this.decisions = decisions;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Decides about a device. The caller notifies the {@link ClientChangeListener}.
     *
     * @throws ProblemException 400 with the wrong fields, 404 for an unknown device, 409 if the decision is not possible
     */
    public void decide(String workflow, DeviceId device, DecisionRequest request, String actor) {
        transactions.executeWithoutResult(_ -> audit.record(decided(workflow, device, request, actor)));
        log.info("Decided {} (workflow={}, device={})", request.verdict(), workflow, device);
    }

    /**
     * Pins a device to the client of another device and ignores that one, in one transaction.
     *
     * @throws ProblemException as {@link #decide}
     */
    public void pinInstead(String workflow, DeviceId device, DeviceId holder, String client, String actor) {
        transactions.executeWithoutResult(_ -> audit.record(
                List.of(decided(workflow, holder, new DecisionRequest("ignore", null, actor), actor),
                        decided(workflow, device, new DecisionRequest("pin", client, actor), actor))));
        log.info("Pinned a device instead of another (workflow={}, device={}, ignored={})", workflow, device, holder);
    }

    private AuditEvent decided(String workflow, DeviceId device, DecisionRequest request, String actor) {
        WorkflowInventory inventory = inventories.find(workflow)
                .orElseThrow(() -> new IllegalArgumentException("there is no workflow " + workflow));
        Optional<DeviceDecision> decision = DecisionReader.read(request, clock.instant());
        KnownDevice known = importer.lockAndFind(inventory, device)
                .orElseThrow(() -> UnknownDevice.in(workflow, device.value()));
        if (known.removedAt() != null) {
            throw conflict(ProblemKind.DEVICE_GONE, "The device left Intune on " + known.removedAt()
                    + ", so there is nothing to decide.", "Nothing.");
        }
        store(workflow, device, decision);
        KnownDevice after = importer.rematch(inventory, known);
        if (decision.orElse(null) instanceof DeviceDecision.Pin && after.state() != MatchState.LINKED) {
            throw conflict(ProblemKind.CLIENT_TAKEN, after.explanation(),
                    "Decide about that device first: split or ignore it.");
        }
        decisions.count(workflow);
        return AuditEvent.of(AuditEventType.CONFLICT_DECIDED, new Requester(actor, request.decidedBy()))
                .in(workflow)
                .to(AuditTarget.Kind.CONFLICT, device.value())
                .with(new Correlation(null, after.client(), device, null, null))
                .changing(facts(known), facts(after));
    }

    private static AuditValues facts(KnownDevice device) {
        AuditValues facts = AuditValues.none().with("state", device.state());
        return device.client() == null ? facts : facts.with("client", device.client());
    }

    private void store(String workflow, DeviceId device, Optional<DeviceDecision> decision) {
        if (decision.isEmpty()) {
            if (!decisions.remove(workflow, device)) {
                throw conflict(ProblemKind.NOTHING_DECIDED,
                        "No operator has decided about this device, so there is nothing to undo.", "Nothing.");
            }
            return;
        }
        if (decision.get() instanceof DeviceDecision.Pin pin && !importer.clientExists(workflow, pin.client())) {
            throw DecisionReader.refused(List.of(
                    new FieldError("clientId", "is no client of this workflow; set the id of one of its clients")));
        }
        decisions.store(workflow, device, decision.get());
    }

    private static ProblemException conflict(ProblemKind kind, String detail, String remedy) {
        return new ProblemException(Problem.of(kind, 409, detail, remedy));
    }
}
