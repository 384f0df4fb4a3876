package io.acmpintune.engine.job.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.safety.EmergencyStop;
import io.acmpintune.engine.safety.EmergencyStops;
import io.acmpintune.engine.safety.Locks;
import io.acmpintune.engine.webhook.WebhookEvent;
import io.acmpintune.engine.webhook.Webhooks;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.continuity.Continuity;
import io.acmpintune.runtime.continuity.Heartbeat;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * Notices that the database is older than the world, before anything is handed over: a restored database has forgotten
 * cancellations and stops. Then everything stops until two persons lift it. After a mere gap, which an outage leaves as well, only
 * the wipes and retirements that waited are locked.
 */
@Component
class RestoreCheck implements SmartInitializingSingleton {

    static final String LANE = "heartbeat";

    private static final Logger log = LoggerFactory.getLogger(RestoreCheck.class);
    /** It has no role: it stops by itself and lifts nothing. */
    private static final Identity SELF = new Identity(AuditEvent.SYSTEM, Set.of());

    private final Heartbeat heartbeat;
    private final HandOverRepository targets;
    private final EmergencyStops stops;
    private final Locks locks;
    private final Report report;

    /** Tells people what was found. */
    @Component
    record Report(Workflows workflows, Webhooks webhooks, Audit audit, TransactionOperations transactions) {

        void stopped(String evidence) {
            transactions.executeWithoutResult(_ -> {
                workflows.all()
                        .forEach(
                                workflow -> webhooks.enqueue(new WebhookEvent.RestoreSuspected(workflow.name(), true)));
                audit.record(AuditEvent.of(AuditEventType.RESTORE_SUSPECTED, AuditEvent.SYSTEM)
                        .to(AuditTarget.Kind.EMERGENCY_STOP, EmergencyStop.ALL)
                        .because(evidence));
            });
        }

        void locked(String workflow, String evidence) {
            transactions.executeWithoutResult(_ -> {
                webhooks.enqueue(new WebhookEvent.RestoreSuspected(workflow, false));
                audit.record(AuditEvent.of(AuditEventType.RESTORE_SUSPECTED, AuditEvent.SYSTEM)
                        .in(workflow)
                        .to(AuditTarget.Kind.LOCK, workflow)
                        .because(evidence));
            });
        }
    }

    RestoreCheck(Heartbeat heartbeat, HandOverRepository targets, EmergencyStops stops, Locks locks, Report report) {
        this.heartbeat = heartbeat;
        this.targets = targets;
        this.stops = stops;
        this.locks = locks;
        this.report = report;
    }

    /** Checks before lanes and requests start. The start fails if that is not possible. */
    @Override
    public void afterSingletonsInstantiated() {
        act(heartbeat.examine());
        heartbeat.beat();
    }

    Duration beat(LaneRun lane) {
        act(heartbeat.examine());
        lane.write(heartbeat::beat);
        return Heartbeat.INTERVAL;
    }

    private void act(Continuity continuity) {
        switch (continuity) {
            case Continuity.Unbroken() -> {
                // everything goes on
            }
            case Continuity.Gap gap -> lockWhatWaited(gap.evidence());
            case Continuity.Restored(var evidence) -> stop(evidence);
        }
    }

    /** Stops everything because of what was found. */
    void stop(String evidence) {
        log.error("The database may have been restored from a backup, so everything is stopped: {}", evidence);
        stops.stop(EmergencyStop.ALL, "The database may have been restored from a backup. " + evidence, SELF);
        report.stopped(evidence);
    }

    /** Stops everything because a connector stopped itself, so that two persons lift both stops. */
    void noteStop(String connector, Instant since) {
        boolean known = stops.all()
                .stream()
                .anyMatch(stop -> stop.workflow().equals(EmergencyStop.ALL)
                        && (stop.stopped() || stop.changedAt().isAfter(since)));
        if (!known) {
            stop("Connector " + connector + " found that of its own database, and stopped itself at " + since + ".");
        }
    }

    private void lockWhatWaited(String evidence) {
        for (Workflow workflow : report.workflows().all()) {
            targets.waitingDestructive(workflow.name()).ifPresent(action -> {
                if (locks.lock(workflow.name(), action.kind(),
                        "targets waited while the service was away. " + evidence)) {
                    log.error("Locked wipes and retirements that waited: {} (workflow={})", evidence, workflow);
                    report.locked(workflow.name(), evidence);
                }
            });
        }
    }
}
