package io.acmpintune.engine.safety;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.AuditValues;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;

/**
 * The emergency stop: one person stops, at once and for all replicas; two persons lift it. After a stop is answered, nothing more
 * is handed to a connector. A lane pushes it to the connectors, which then send nothing of what they have.
 */
@Component
public class EmergencyStops {

    private static final Logger log = LoggerFactory.getLogger(EmergencyStops.class);

    private final StopRepository stops;
    private final StopPushes pushes;
    private final Workflows workflows;
    private final TwoPersons twoPersons;
    private final Audit audit;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    EmergencyStops(StopRepository stops, StopPushes pushes, Workflows workflows, TwoPersons twoPersons,
            Audit audit, TransactionOperations transactions, InstantSource clock) {
        this.stops = stops;
        this.pushes = pushes;
        this.workflows = workflows;
        this.twoPersons = twoPersons;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Returns all stops, active or lifted, with the status of the connectors. */
    public List<EmergencyStop> all() {
        return stops.all().stream().map(this::withConnectors).toList();
    }

    /** Returns the active stops, the one of all workflows first; without the status of the connectors. */
    public List<EmergencyStop> active() {
        return stops.stopped();
    }

    /** Returns how far two persons are with lifting a stop, and what the caller could do now. */
    public TwoPersons.Progress progress(EmergencyStop stop, Identity caller) {
        return twoPersons.progress(stop.liftAskedBy(), stop.liftAskedAt(), caller, clock.instant());
    }

    /**
     * Stops a workflow, or all. Stopping again withdraws a request to lift the stop.
     *
     * @param scope a workflow, or {@link EmergencyStop#ALL}
     * @param reason why; null = none given
     * @throws ProblemException 400 for an unknown workflow, and for a reason that cannot be kept
     */
    public EmergencyStop stop(String scope, @Nullable String reason, Identity caller) {
        check(scope);
        String why = Reason.checked(reason);
        transactions.executeWithoutResult(_ -> {
            stops.hold();
            boolean before = stops.find(scope).map(EmergencyStop::stopped).orElse(false);
            stops.change(scope, true, why, caller.key(), clock.instant());
            audit.record(about(scope, AuditEventType.EMERGENCY_STOP_PRESSED, caller)
                    .changing(AuditValues.none().with("stopped", before), AuditValues.none().with("stopped", true))
                    .because(why));
        });
        log.warn("Emergency stop (scope={}, by={})", scope, caller.key());
        pushes.wake(scope);
        return withConnectors(stops.find(scope).orElseThrow());
    }

    /**
     * Asks for a stop to be lifted, or confirms that as the second person.
     *
     * @return the stop as it is after that
     * @throws ProblemException 400 for an unknown workflow, 409 for one that is not stopped by itself, 403 to who may not, or not
     *             alone
     */
    public EmergencyStop lift(String scope, Identity caller) {
        check(scope);
        TwoPersons.Step step = Objects.requireNonNull(transactions.execute(_ -> rule(scope, caller)));
        switch (step) {
            case TwoPersons.Step.Asked() ->
                log.warn("Lifting of the emergency stop requested (scope={}, by={})", scope, caller.key());
            case TwoPersons.Step.Confirmed() -> {
                log.warn("Lifted the emergency stop (scope={}, confirmedBy={})", scope, caller.key());
                pushes.wake(scope);
            }
            case TwoPersons.Step.Refused(var problem) -> throw new ProblemException(problem);
        }
        return withConnectors(stops.find(scope).orElseThrow());
    }

    private TwoPersons.Step rule(String scope, Identity caller) {
        Instant now = clock.instant();
        stops.hold();
        EmergencyStop stop = stops.find(scope)
                .filter(EmergencyStop::stopped)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.NOT_STOPPED,
                        (scope.equals(EmergencyStop.ALL) ? "There is no stop of all" : scope + " is not stopped")
                                + " by itself.",
                        "Read the emergency stops again, and lift one that is there.")));
        TwoPersons.Step step = twoPersons.step(stop.liftAskedBy(), stop.liftAskedAt(), caller, now);
        switch (step) {
            case TwoPersons.Step.Asked() -> {
                stops.askLift(scope, caller.key(), now);
                audit.record(about(scope, AuditEventType.EMERGENCY_STOP_LIFT_REQUESTED, caller));
            }
            case TwoPersons.Step.Confirmed() -> {
                stops.change(scope, false, stop.reason(), caller.key(), now);
                audit.record(about(scope, AuditEventType.EMERGENCY_STOP_LIFTED, caller)
                        .changing(AuditValues.none().with("stopped", true), AuditValues.none().with("stopped", false)));
            }
            case TwoPersons.Step.Refused(var problem) ->
                audit.record(about(scope, AuditEventType.REFUSED, caller).because(problem.detail()));
        }
        return step;
    }

    /** Keeps stops out until the transaction ends. */
    void share() {
        stops.share();
    }

    /** Returns the active stop of a workflow, or of all. */
    Optional<EmergencyStop> covering(String workflow) {
        return stops.covering(workflow);
    }

    private EmergencyStop withConnectors(EmergencyStop stop) {
        return stop.with(pushes.statuses(stop));
    }

    private void check(String scope) {
        if (!scope.equals(EmergencyStop.ALL) && workflows.find(scope).isEmpty()) {
            throw InvalidRequest.of("workflow",
                    "must be * for all, or one of " + String.join(", ", workflows.names()));
        }
    }

    private static AuditEvent about(String scope, AuditEventType event, Identity caller) {
        AuditEvent about = AuditEvent.of(event, caller.key()).to(AuditTarget.Kind.EMERGENCY_STOP, scope);
        return scope.equals(EmergencyStop.ALL) ? about : about.in(scope);
    }
}
