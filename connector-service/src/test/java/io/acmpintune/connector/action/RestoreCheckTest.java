package io.acmpintune.connector.action;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.ActionStop;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.EnginePosition;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.continuity.Heartbeat;
import io.acmpintune.simulator.graph.ApprovalStyle;

import static org.assertj.core.api.Assertions.assertThat;

/** A start on a database that may be older than the world, and what is sent after it. */
class RestoreCheckTest {

    private static final ActingTenant TENANT = ActingTenant.start();

    @AfterAll
    static void stop() throws IOException {
        TENANT.close();
    }

    @BeforeEach
    void runs() {
        TENANT.reset();
        TENANT.microsoft.tenant().protect(Set.of(), ApprovalStyle.observed());
        TENANT.database().jdbc().sql("delete from heartbeat").update();
        start();
    }

    @Test
    void aRestartSendsWhatWaited() {
        DeviceAction wipe = TENANT.wipe(TENANT.phone());
        start();
        TENANT.send();

        assertThat(TENANT.stopping().all(TENANT.connector)).isEmpty();
        assertThat(TENANT.wipes(wipe)).isEqualTo(1);
    }

    @Test
    void aRestoredDatabaseSendsNothing() {
        DeviceAction wipe = TENANT.wipe(TENANT.phone());
        TENANT.database().jdbc().sql("update heartbeat set tables = '1/1'").update();
        start();
        TENANT.send();

        assertThat(TENANT.stopping().all(TENANT.connector)).singleElement().satisfies(stop -> {
            assertThat(stop.origin()).isEqualTo(ActionStop.ALL);
            assertThat(stop.by()).isEqualTo("system:connector");
            assertThat(stop.stopped()).isTrue();
        });
        assertThat(TENANT.now(wipe.id()).state()).isEqualTo(ActionState.CANCELLED);
        assertThat(TENANT.wipes(wipe)).isZero();
        assertThat(positions().report(TENANT.connector, UUID.randomUUID(), new EnginePosition(1L, false))
                .stoppedItself()).as("the engine learns of it").isNotNull();

        TENANT.stopping().change(TENANT.connector, ActionStop.ALL, new ActionStop.Change(false, "bert", null));
        start();
        assertThat(TENANT.stopping().all(TENANT.connector)).noneMatch(ActionStop::stopped);
    }

    @Test
    void anOutageExpiresTheWipesThatWaitedAndSendsTheRest() {
        TENANT.microsoft.tenant().protect(Set.of("wipe"), ApprovalStyle.observed());
        DeviceAction approved = TENANT.wipe(TENANT.phone());
        TENANT.send();
        TENANT.microsoft.tenant().approve(Objects.requireNonNull(TENANT.now(approved.id()).approval()).code());
        DeviceAction queued = TENANT.wipe(TENANT.phone());
        DeviceAction sync = TENANT.queue(new ActionCommand(ActionKind.SYNC_DEVICE, TENANT.phone(), "anna"));

        TENANT.database().jdbc().sql("update heartbeat set at = at - interval '1 hour'").update();
        TENANT.clock.advance(Duration.ofMinutes(1));
        start();
        TENANT.send();

        for (DeviceAction wipe : List.of(approved, queued)) {
            assertThat(TENANT.now(wipe.id()).state()).isEqualTo(ActionState.EXPIRED);
            assertThat(Objects.requireNonNull(TENANT.now(wipe.id()).problem()).kind())
                    .isEqualTo(ProblemKind.ACTION_EXPIRED);
            assertThat(TENANT.wipes(wipe)).isZero();
        }
        assertThat(TENANT.now(sync.id()).state()).isEqualTo(ActionState.ACCEPTED);
        assertThat(TENANT.stopping().all(TENANT.connector)).isEmpty();
    }

    @Test
    void theHighestPositionOfAnEngineIsKeptUntilTheEngineStartsAgainFromALowerOne() {
        UUID engine = UUID.randomUUID();

        assertThat(report(engine, 80, false)).isZero();
        assertThat(report(engine, 50, false)).isEqualTo(80);
        assertThat(report(engine, 52, true)).isEqualTo(80);
        assertThat(report(engine, 60, false)).isEqualTo(52);
        assertThat(report(UUID.randomUUID(), 1, false)).isZero();
    }

    private static long report(UUID engine, long position, boolean restored) {
        return positions().report(TENANT.connector, engine, new EnginePosition(position, restored)).position();
    }

    private static EnginePositions positions() {
        return new EnginePositions(TENANT.database().jdbc(), TENANT.stopping(), TENANT.database().transactions());
    }

    private static void start() {
        new RestoreCheck(new Heartbeat(TENANT.database().jdbc()), List.of(TENANT.connector),
                TENANT.stopping(), TENANT.actions(), TENANT.database().transactions(), TENANT.clock)
                .afterSingletonsInstantiated();
    }
}
