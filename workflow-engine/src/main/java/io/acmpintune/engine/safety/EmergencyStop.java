package io.acmpintune.engine.safety;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/**
 * A stop, or one that was lifted.
 *
 * @param workflow what is stopped: a workflow, or {@link #ALL}
 * @param reason as who stopped it wrote it
 * @param changedBy who stopped it, or confirmed that it is lifted
 * @param liftAskedBy the first of the two persons that lifting it takes; null = nobody
 * @param revision grows with each change
 * @param connectors how far the connectors of the workflows concerned know of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EmergencyStop(String workflow, boolean stopped, @Nullable String reason, String changedBy,
        Instant changedAt, @Nullable String liftAskedBy, @Nullable Instant liftAskedAt, long revision,
        List<ConnectorStatus> connectors) {

    public static final String ALL = "*";

    public EmergencyStop {
        connectors = List.copyOf(connectors);
    }

    /**
     * Whether a workflow's connector has acknowledged the stop, or that it is lifted. The engine itself hands over nothing in
     * either case.
     *
     * @param acknowledgedAt when it acknowledged anything last; null = never
     * @param problem why it could not be told; null = it could, or was not yet
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ConnectorStatus(String workflow, String connector, boolean acknowledged,
            @Nullable Instant acknowledgedAt,
            @Nullable Problem problem) {}

    EmergencyStop reaching(List<ConnectorStatus> known) {
        return new EmergencyStop(workflow, stopped, reason, changedBy, changedAt, liftAskedBy, liftAskedAt, revision,
                known);
    }

    @JsonIgnore
    boolean coversAll() {
        return workflow.equals(ALL);
    }

    /** What whatever is stopped is told. */
    Problem problem() {
        return Problem.of(ProblemKind.EMERGENCY_STOP,
                changedBy + " stopped " + (coversAll() ? "everything" : workflow) + " at " + changedAt
                        + (reason == null ? "." : ": " + reason),
                "Start it again once the stop is lifted, if it is still wanted; lifting it takes two persons.");
    }
}
