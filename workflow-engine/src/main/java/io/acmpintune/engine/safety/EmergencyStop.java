package io.acmpintune.engine.safety;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/**
 * An emergency stop, active or lifted.
 *
 * @param id the row; not shown
 * @param workflow the stopped workflow, or {@link #ALL}
 * @param reason as whoever stopped it wrote it
 * @param changedBy who stopped it, or confirmed lifting it
 * @param liftAskedBy the first of the two persons who lift it; null = nobody
 * @param revision grows with each change
 * @param audited whether the audit has its entry; if it cannot be written at once, it is made up later
 * @param handOversUnderWay devices that were cleared before the stop and whose commands the connector has not answered; null =
 *            unknown, or not counted
 * @param connectors which connectors have acknowledged the last change
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EmergencyStop(@JsonIgnore long id, String workflow, boolean stopped, @Nullable String reason,
        String changedBy, Instant changedAt, @Nullable String liftAskedBy, @Nullable Instant liftAskedAt, long revision,
        boolean audited, @Nullable Integer handOversUnderWay, List<ConnectorStatus> connectors) {

    public static final String ALL = "*";

    public EmergencyStop {
        connectors = List.copyOf(connectors);
    }

    /**
     * Whether a workflow's connector has acknowledged the last change. The engine hands nothing over during a stop in either
     * case.
     *
     * @param acknowledgedAt when it last acknowledged a change; null = never
     * @param problem why the last push failed; null = it succeeded or is yet to come
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ConnectorStatus(String workflow, String connector, boolean acknowledged,
            @Nullable Instant acknowledgedAt,
            @Nullable Problem problem) {}

    EmergencyStop with(@Nullable Integer underWay, List<ConnectorStatus> statuses) {
        return new EmergencyStop(id, workflow, stopped, reason, changedBy, changedAt, liftAskedBy, liftAskedAt,
                revision,
                audited, underWay, statuses);
    }

    @JsonIgnore
    boolean coversAll() {
        return workflow.equals(ALL);
    }

    /** Returns the problem of whatever is stopped. */
    Problem problem() {
        return Problem.of(ProblemKind.EMERGENCY_STOP,
                changedBy + " stopped " + (coversAll() ? "everything" : workflow) + " at " + changedAt
                        + (reason == null ? "." : ": " + reason),
                "Start it again once two persons have lifted the stop, if it is still needed.");
    }
}
