package io.acmpintune.engine.safety;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditValues;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;

/**
 * The emergency stop: one person stops, at once and for all replicas; two persons lift it. Stopping waits for nobody: it has database
 * connections of its own, takes no lock that orders take, and needs neither the audit nor a connector. After it is answered nothing
 * more is cleared, and what was cleared before is checked again before it is sent ({@link SafetyGate#isStopped}). The connectors
 * are asked at the same time to send nothing of what they have; a lane repeats that until they acknowledge it.
 */
@Component
public class EmergencyStops {

    /** How long an answer waits for the connectors and the audit. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(EmergencyStops.class);

    private final StopRepository stops;
    private final StopPushes pushes;
    private final StopAudit stopAudit;
    private final HandOversUnderWay handOvers;
    private final Workflows workflows;
    private final TwoPersons twoPersons;
    private final Audit audit;
    private final TransactionOperations transactions;
    private final InstantSource clock;
    /** Stops that this replica could not store; they count here until they are stored. */
    private final Map<String, EmergencyStop> unstored = new ConcurrentHashMap<>();

    EmergencyStops(StopRepository stops, StopPushes pushes, StopAudit stopAudit, HandOversUnderWay handOvers,
            Workflows workflows, TwoPersons twoPersons, Audit audit, TransactionOperations transactions,
            InstantSource clock) {
        this.stops = stops;
        this.pushes = pushes;
        this.stopAudit = stopAudit;
        this.handOvers = handOvers;
        this.workflows = workflows;
        this.twoPersons = twoPersons;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Returns all stops, active or lifted, with the status of the connectors. */
    public List<EmergencyStop> all() {
        return stops.all().stream().map(this::complete).toList();
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
     * @throws ProblemException 400 for an unknown workflow, and for a reason that cannot be kept; 503 if the stop cannot be stored
     *             yet: it was sent to the connectors, and is stored as soon as the database answers
     */
    public EmergencyStop stop(String scope, @Nullable String reason, Identity caller) {
        check(scope);
        String why = Reason.checked(reason);
        Instant now = clock.instant();
        EmergencyStop stop;
        try {
            stops.press(scope, why, caller.key(), now);
            stop = stops.find(scope).orElseThrow();
        } catch (DataAccessException e) {
            throw stopUnstored(new EmergencyStop(0, scope, true, why, caller.key(), now, null, null, 0, false, null,
                    List.of()), e);
        }
        log.warn("Emergency stop (scope={}, by={})", scope, caller.key());
        await(pushes.push(stop), stopAudit.catchUpSoon());
        return complete(stops.find(scope).orElseThrow());
    }

    private ProblemException stopUnstored(EmergencyStop stop, DataAccessException cause) {
        unstored.put(stop.workflow(), stop);
        log.error("Emergency stop, not stored yet: {} (scope={}, by={})", cause.getMessage(), stop.workflow(),
                stop.changedBy());
        List<Problem> problems = pushes.pushUnstored(stop);
        return new ProblemException(Problem.of(ProblemKind.STOP_NOT_STORED,
                "The engine's database does not answer. The stop was sent to the connectors: "
                        + (problems.isEmpty()
                                ? "all have acknowledged it."
                                : problems.stream().map(Problem::detail).collect(Collectors.joining(" "))),
                "It is stored as soon as the database answers, as long as this process runs. Read the emergency stops then."));
    }

    /** Stores the stops that could not be stored when they were pressed. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void storeLater() {
        unstored.forEach((scope, stop) -> {
            try {
                stops.press(scope, stop.reason(), stop.changedBy(), stop.changedAt());
                unstored.remove(scope, stop);
                log.warn("Stored an emergency stop (scope={}, by={})", scope, stop.changedBy());
                stops.find(scope).ifPresent(stored -> await(pushes.push(stored)));
                stopAudit.catchUp();
            } catch (DataAccessException e) {
                log.debug("The database does not answer yet: {}", e.getMessage());
            }
        });
    }

    private static void await(CompletableFuture<?>... steps) {
        CompletableFuture.allOf(steps)
                .completeOnTimeout(null, LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(_ -> null)
                .join();
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
                await(pushes.push(stops.find(scope).orElseThrow()));
            }
            case TwoPersons.Step.Refused(var problem) -> throw new ProblemException(problem);
        }
        return complete(stops.find(scope).orElseThrow());
    }

    private TwoPersons.Step rule(String scope, Identity caller) {
        Instant now = clock.instant();
        EmergencyStop stop = stops.lock(scope)
                .filter(EmergencyStop::stopped)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.NOT_STOPPED,
                        (scope.equals(EmergencyStop.ALL) ? "There is no stop of all" : scope + " is not stopped")
                                + " by itself.",
                        "Read the emergency stops again, and lift one that is there.")));
        TwoPersons.Step step = twoPersons.step(stop.liftAskedBy(), stop.liftAskedAt(), caller, now);
        switch (step) {
            case TwoPersons.Step.Asked() -> {
                stops.askLift(stop, caller.key(), now);
                audit.record(StopAudit.about(scope, AuditEventType.EMERGENCY_STOP_LIFT_REQUESTED, caller.key()));
            }
            case TwoPersons.Step.Confirmed() -> {
                stops.lift(stop, caller.key(), now);
                audit.record(StopAudit.about(scope, AuditEventType.EMERGENCY_STOP_LIFTED, caller.key())
                        .changing(AuditValues.none().with("stopped", true), AuditValues.none().with("stopped", false)));
            }
            case TwoPersons.Step.Refused(var problem) ->
                audit.record(StopAudit.about(scope, AuditEventType.REFUSED, caller.key()).because(problem.detail()));
        }
        return step;
    }

    /** Returns the active stop of a workflow, or of all. */
    Optional<EmergencyStop> covering(String workflow) {
        return unstored.values()
                .stream()
                .filter(stop -> stop.coversAll() || stop.workflow().equals(workflow))
                .findFirst()
                .or(() -> stops.covering(workflow));
    }

    private EmergencyStop complete(EmergencyStop stop) {
        return stop.with(stop.stopped() ? underWay(stop.workflow()) : null, pushes.statuses(stop));
    }

    private @Nullable Integer underWay(String scope) {
        try {
            return handOvers.count(scope);
        } catch (DataAccessException e) {
            log.warn("The hand-overs under way cannot be counted: {}", e.getMessage());
            return null;
        }
    }

    private void check(String scope) {
        if (!scope.equals(EmergencyStop.ALL) && workflows.find(scope).isEmpty()) {
            throw InvalidRequest.of("workflow",
                    "must be * for all, or one of " + String.join(", ", workflows.names()));
        }
    }
}
