package io.acmpintune.engine.job.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.fixture.ConnectorStub;
import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.safety.EmergencyStop;
import io.acmpintune.engine.safety.SafetyBench;
import io.acmpintune.engine.safety.WorkflowLock;
import io.acmpintune.model.action.ActionState;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.acmpintune.engine.job.JobBench.ONE;
import static io.acmpintune.engine.job.JobBench.TWO;
import static org.assertj.core.api.Assertions.assertThat;

/** A start on a database that may be older than the world. */
class RestoreCheckTest {

    private final RelayBench bench = new RelayBench();

    @BeforeEach
    void runs() {
        bench.client(ONE, "device-1");
        bench.client(TWO, "device-2");
        bench.database.jdbc().sql("delete from heartbeat").update();
        start();
    }

    @Test
    void theFirstStartAndARestartStopNothing() {
        bench.start(QueryAction.WIPE, ONE);
        start();

        assertThat(bench.safety.stops.active()).isEmpty();
        assertThat(bench.safety.locks.all()).isEmpty();
    }

    @Test
    void aRestoredDatabaseStopsEverythingUntilTwoPersonsLiftIt() {
        restore();
        start();

        assertThat(bench.safety.stops.active()).singleElement().satisfies(stop -> {
            assertThat(stop.workflow()).isEqualTo(EmergencyStop.ALL);
            assertThat(stop.changedBy()).isEqualTo(AuditEvent.SYSTEM);
            assertThat(stop.reason()).contains("restored", "created again");
        });
        assertThat(suspicions()).hasSize(1);

        start();
        assertThat(suspicions()).as("suspected once").hasSize(1);
        bench.safety.stops.lift(EmergencyStop.ALL, SafetyBench.ADMINISTRATOR);
        bench.safety.stops.lift(EmergencyStop.ALL, SafetyBench.APPROVER);
        start();
        assertThat(bench.safety.stops.active()).isEmpty();
    }

    @Test
    void aDatabaseThatIsReplacedWhileTheServiceRunsStopsEverything() {
        RestoreCheck running = bench.restoreCheck();
        running.afterSingletonsInstantiated();
        bench.database.jdbc().sql("update heartbeat set count = 1").update();

        running.beat(bench.database.run(RestoreCheck.LANE, 1));

        assertThat(bench.safety.stops.active()).hasSize(1);
    }

    @Test
    void anOutageLocksTheWipesThatWaited() {
        Job wipe = bench.start(QueryAction.WIPE, ONE);
        outage();
        start();

        assertThat(bench.safety.stops.active()).isEmpty();
        assertThat(bench.safety.locks.all()).singleElement()
                .extracting(WorkflowLock::reason)
                .asString()
                .contains("was not written between");
        assertThat(suspicions()).hasSize(1);
        assertThat(bench.now(wipe).outcome()).hasSize(1);
    }

    @Test
    void anOutageNeedsNobodyWhereOnlyHarmlessActionsWaited() {
        bench.start(QueryAction.SYNCHRONIZE, ONE, TWO);
        bench.start(QueryAction.REMOTE_LOCK, ONE, TWO);
        outage();
        start();

        assertThat(bench.safety.stops.active()).isEmpty();
        assertThat(bench.safety.locks.all()).isEmpty();
        assertThat(suspicions()).isEmpty();
    }

    // ---- positions

    @Test
    void aConnectorThatHasSeenMoreOfThisEngineStopsItBeforeAnythingIsSent() {
        try (ConnectorStub connector = ConnectorStub.start()) {
            connector.actions(ConnectorStub.FEED, 0, 0, List.of());
            connector.knowsPosition(Long.MAX_VALUE);
            Job wipe = bench.start(QueryAction.WIPE, ONE);

            bench.run(connector.address(), 6);

            assertThat(connector.requests(postRequestedFor(urlPathEqualTo(ConnectorStub.ACTIONS)))).isZero();
            assertThat(bench.safety.stops.active()).singleElement()
                    .extracting(EmergencyStop::reason)
                    .asString()
                    .contains("has seen", "audit entries");
            assertThat(connector.requests(putRequestedFor(urlPathMatching(ConnectorStub.POSITION))
                    .withRequestBody(matchingJsonPath("$.restored", equalTo("true"))))).isPositive();
            assertThat(bench.now(wipe).outcome()).containsOnlyKeys(ActionState.CANCELLED);
        }
    }

    @Test
    void anActionFeedThatWentBackStopsEverything() {
        try (ConnectorStub connector = ConnectorStub.start()) {
            bench.feedRows.moveTo(SafetyBench.WORKFLOW, new ActionFeedRepository.Position(ConnectorStub.FEED, 9));
            connector.actions(ConnectorStub.FEED, 9, 4, List.of());
            connector.actions(ConnectorStub.FEED, 4, 4, List.of());

            bench.run(connector.address(), 4);

            assertThat(bench.safety.stops.active()).singleElement()
                    .extracting(EmergencyStop::reason)
                    .asString()
                    .contains("went back from 9 to 4");
            assertThat(suspicions()).hasSize(1);
        }
    }

    @Test
    void aConnectorThatStoppedItselfIsStoppedHereOnceSoThatTwoPersonsLiftIt() {
        RestoreCheck check = bench.restoreCheck();
        Instant since = bench.clock.instant();
        bench.clock.advance(Duration.ofSeconds(1));

        check.noteStop("IntuneConnector_1", since);
        check.noteStop("IntuneConnector_1", since);
        assertThat(suspicions()).hasSize(1);

        bench.safety.stops.lift(EmergencyStop.ALL, SafetyBench.ADMINISTRATOR);
        bench.safety.stops.lift(EmergencyStop.ALL, SafetyBench.APPROVER);
        check.noteStop("IntuneConnector_1", since);
        assertThat(bench.safety.stops.active()).isEmpty();
    }

    private void start() {
        bench.restoreCheck().afterSingletonsInstantiated();
    }

    private void outage() {
        bench.database.jdbc().sql("update heartbeat set at = at - interval '1 hour'").update();
    }

    /** As after a restore from a dump. */
    private void restore() {
        bench.database.jdbc().sql("update heartbeat set tables = '1/1'").update();
    }

    /** What the audit says of them in this test; nothing removes an audit entry of another. */
    private List<String> suspicions() {
        return bench.safety.audited().stream().filter("RESTORE_SUSPECTED"::equals).toList();
    }
}
