package io.acmpintune.engine.safety;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.acmpintune.engine.safety.SafetyGate.Clearance;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.acmpintune.engine.safety.SafetyBench.ADMINISTRATOR;
import static io.acmpintune.engine.safety.SafetyBench.APPROVER;
import static io.acmpintune.engine.safety.SafetyBench.OPERATOR;
import static io.acmpintune.engine.safety.SafetyBench.WORKFLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The emergency stop works whatever else is busy or broken. */
class EmergencyStopsTest {

    private static final WireMockServer CONNECTOR = started();
    private static final String STOP = "/api/v1/connectors/IntuneConnector_1/stops/" + WORKFLOW;

    private final SafetyBench engine = SafetyBench.with(CONNECTOR.port());

    private static WireMockServer started() {
        WireMockServer server = new WireMockServer(
                WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
        server.start();
        return server;
    }

    @AfterAll
    static void shutDown() {
        CONNECTOR.stop();
    }

    @BeforeEach
    void connectorAcknowledges() {
        CONNECTOR.resetAll();
        CONNECTOR.stubFor(put(STOP).willReturn(aResponse().withHeader("Content-Type", "application/json")
                .withBody("""
                        {"origin": "%s", "stopped": true, "by": "user:olga", "decidedAt": "2026-12-01T00:00:00Z"}
                        """.formatted(WORKFLOW))));
    }

    @Test
    @Timeout(30)
    void aStopWaitsForNoOrderAndNoClaim() throws Exception {
        UUID job = engine.approved(ActionKind.WIPE, 2);
        CountDownLatch cleared = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        CompletableFuture<Void> claim = CompletableFuture
                .runAsync(() -> engine.database.transactions().executeWithoutResult(_ -> {
                    assertThat(engine.gate.clear(job, WORKFLOW, ActionKind.WIPE, Impact.DESTRUCTIVE, 1))
                            .isEqualTo(new Clearance.Go(1));
                    cleared.countDown();
                    await(stopped);
                }));
        await(cleared);

        // the claim above has neither committed nor ended
        assertThat(engine.stops.stop(WORKFLOW, null, OPERATOR).stopped()).isTrue();
        stopped.countDown();
        claim.get();

        assertThat(engine.gate.isStopped(WORKFLOW)).as("checked again before what was cleared is sent").isTrue();
        assertThat(engine.clear(job, ActionKind.WIPE, 1)).isInstanceOf(Clearance.Stop.class);
    }

    @Test
    @Timeout(30)
    void aStopThatIsPressedWhileAnotherIsBeingLiftedWins() throws Exception {
        engine.stops.stop(WORKFLOW, null, OPERATOR);
        engine.stops.lift(WORKFLOW, ADMINISTRATOR);
        engine.database.transactions().executeWithoutResult(_ -> {
            engine.stops.lift(WORKFLOW, APPROVER);
            // on another connection, which does not see the lift yet
            CompletableFuture.runAsync(
                    () -> engine.stopRows.press(WORKFLOW, "again", OPERATOR.key(), engine.clock.instant())).join();
        });

        assertThat(engine.stops.active()).singleElement().extracting(EmergencyStop::reason).isEqualTo("again");
        assertThat(engine.gate.isStopped(WORKFLOW)).isTrue();
    }

    @Test
    void theConnectorsHearOfAStopBeforeItIsAnswered() {
        EmergencyStop stop = engine.stops.stop(WORKFLOW, "stolen account", OPERATOR);

        assertThat(stop.connectors()).singleElement()
                .satisfies(connector -> assertThat(connector.acknowledged()).isTrue());
        CONNECTOR.verify(1, putRequestedFor(urlEqualTo(STOP)));
    }

    @Test
    void aStopWhoseAuditEntryCannotBeWrittenIsInForceAndItsEntryIsMadeUpLater() {
        engine.database.jdbc().sql("alter table audit_entry rename to gone").update();
        EmergencyStop stop;
        try {
            stop = engine.stops.stop(WORKFLOW, "stolen account", OPERATOR);
            engine.stopAudit.catchUp();
        } finally {
            engine.database.jdbc().sql("alter table gone rename to audit_entry").update();
        }
        assertThat(stop.stopped()).isTrue();
        assertThat(stop.audited()).isFalse();
        assertThat(engine.audited()).doesNotContain("EMERGENCY_STOP_PRESSED");

        engine.stopAudit.catchUp();
        engine.stopAudit.catchUp();

        assertThat(engine.audited()).containsOnlyOnce("EMERGENCY_STOP_PRESSED");
        assertThat(engine.stops.all()).singleElement().satisfies(now -> assertThat(now.audited()).isTrue());
    }

    @Test
    void liftingNeedsTheAudit() {
        engine.stops.stop(WORKFLOW, null, OPERATOR);
        engine.stops.lift(WORKFLOW, ADMINISTRATOR);
        engine.database.jdbc().sql("alter table audit_entry rename to gone").update();
        try {
            assertThat(catchThrowableOfType(RuntimeException.class, () -> engine.stops.lift(WORKFLOW, APPROVER)))
                    .isNotNull();
        } finally {
            engine.database.jdbc().sql("alter table gone rename to audit_entry").update();
        }
        assertThat(engine.gate.isStopped(WORKFLOW)).isTrue();
    }

    @Test
    void aStopThatCannotBeStoredReachesTheConnectorsAndIsStoredLater() {
        engine.database.jdbc().sql("alter table emergency_stop rename to gone").update();
        try {
            ProblemException unstored = catchThrowableOfType(ProblemException.class,
                    () -> engine.stops.stop(WORKFLOW, "stolen account", OPERATOR));
            assertThat(unstored.problem().kind()).isEqualTo(ProblemKind.STOP_NOT_STORED);
            assertThat(unstored.problem().detail()).contains("all have acknowledged it");
            CONNECTOR.verify(1, putRequestedFor(urlEqualTo(STOP)));
            assertThat(engine.gate.isStopped(WORKFLOW)).as("this replica hands nothing over").isTrue();
            engine.stops.storeLater();
        } finally {
            engine.database.jdbc().sql("alter table gone rename to emergency_stop").update();
        }
        assertThat(engine.stops.active()).isEmpty();

        engine.stops.storeLater();

        assertThat(engine.stops.active()).singleElement().satisfies(stop -> {
            assertThat(stop.reason()).isEqualTo("stolen account");
            assertThat(stop.changedBy()).isEqualTo("user:olga");
        });
    }

    @Test
    void pressingAnActiveStopAgainAddsNothing() {
        engine.stops.stop(WORKFLOW, "first", OPERATOR);
        EmergencyStop again = engine.stops.stop(WORKFLOW, "second", ADMINISTRATOR);

        assertThat(again.reason()).isEqualTo("first");
        assertThat(engine.audited()).containsOnlyOnce("EMERGENCY_STOP_PRESSED");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
