package io.acmpintune.engine.job.relay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.audit.AuditTrail;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.PositionApi;
import io.acmpintune.model.action.EnginePosition;
import io.acmpintune.runtime.continuity.Heartbeat;

/** Compares with the connector of one workflow how far this engine's history has come. */
final class PositionExchange {

    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Workflow workflow;
    private final PositionApi connector;
    private final Shared shared;
    private final InstantSource clock;
    private long reported = -1;
    private Instant reportedAt = Instant.MIN;

    /** What the lanes of all workflows share. */
    @Component
    record Shared(AuditTrail trail, Heartbeat heartbeat, RestoreCheck check) {}

    PositionExchange(Workflow workflow, PositionApi connector, Shared shared, InstantSource clock) {
        this.workflow = workflow;
        this.connector = connector;
        this.shared = shared;
        this.clock = clock;
    }

    /**
     * Reports this engine's position if there is news, and stops everything if the connector has seen a later one.
     *
     * @return whether the engine was behind, and is stopped now
     * @throws org.springframework.web.client.RestClientException when the connector does not answer
     */
    boolean isBehind() {
        long position = shared.trail().position();
        Instant now = clock.instant();
        if (position == reported && now.isBefore(reportedAt.plus(AGAIN))) {
            return false;
        }
        UUID engine = shared.heartbeat().id();
        EnginePosition.Known known = connector.report(workflow.connector(), engine,
                new EnginePosition(position, false));
        reported = position;
        reportedAt = now;
        noteStop(known.stoppedItself());
        // read again: another replica may have come further, and reported that, meanwhile
        long present = shared.trail().position();
        if (known.position() <= present) {
            return false;
        }
        shared.check()
                .stop("Connector " + workflow.connector() + " has seen " + known.position()
                        + " audit entries of this engine, and the database has " + present + ".");
        connector.report(workflow.connector(), engine, new EnginePosition(shared.trail().position(), true));
        return true;
    }

    private void noteStop(@Nullable Instant stoppedItself) {
        if (stoppedItself != null) {
            shared.check().noteStop(workflow.connector(), stoppedItself);
        }
    }
}
