package io.acmpintune.connector.inventory;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.fixture.ConnectorDatabase;
import io.acmpintune.model.ConnectorStatus.Scan;
import io.acmpintune.model.ConnectorStatus.ScanKind;
import io.acmpintune.model.ConnectorStatus.ScanState;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

import static io.acmpintune.connector.fixture.ConnectorDatabase.CONNECTOR;
import static org.assertj.core.api.Assertions.assertThat;

class ScanRepositoryTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final ConnectorDatabase database = ConnectorDatabase.empty();
    private final ScanRepository scans = new ScanRepository(database.jdbc(), JsonMapper.shared());

    @Test
    void thereIsNoScanBeforeTheFirst() {
        assertThat(scans.newest(CONNECTOR, 1)).isEmpty();
    }

    @Test
    void aScanReportsItsProgressAndResult() {
        long id = scans.start(CONNECTOR, ScanKind.FULL, NOW);
        scans.update(id, new ScanCounts(2, 1_502, 10, 20, 1_469, 2, 1, 3));
        scans.recordAbsences(id, new AbsenceCheck.Outcome(4, 5, 6, 7));
        scans.finish(id, ScanState.FINISHED, null, NOW.plusSeconds(9));

        assertThat(scans.newest(CONNECTOR, 1)).containsExactly(new Scan(id, ScanKind.FULL, ScanState.FINISHED, NOW,
                NOW.plusSeconds(9), 2, 1_502, 10, 20, 1_469, 2, 1, 4, 5, 6, 10, Duration.ofSeconds(9), null));
    }

    @Test
    void theChoiceOfTheNextScanKnowsOnlyScansThatFinished() {
        long failed = scans.start(CONNECTOR, ScanKind.FULL, NOW);
        scans.finish(failed, ScanState.FAILED, null, NOW.plusSeconds(9));
        ScanHistory afterFailure = scans.history(CONNECTOR);
        long full = scans.start(CONNECTOR, ScanKind.FULL, NOW);
        scans.finish(full, ScanState.FINISHED, null, NOW.plusSeconds(20));
        scans.advanceWatermark(CONNECTOR, NOW);
        scans.advanceWatermark(CONNECTOR, NOW.minusSeconds(60));
        long incremental = scans.start(CONNECTOR, ScanKind.INCREMENTAL, NOW);
        scans.finish(incremental, ScanState.FINISHED, null, NOW.plusSeconds(30));

        assertThat(afterFailure).isEqualTo(new ScanHistory(null, null, null, false));
        assertThat(scans.history(CONNECTOR)).isEqualTo(
                new ScanHistory(NOW.plusSeconds(20), NOW.plusSeconds(30), NOW, false));
    }

    @Test
    void aRequestedFullScanStaysRequestedUntilOneHasFinished() {
        scans.requestFullScan(CONNECTOR);
        boolean wanted = scans.history(CONNECTOR).fullScanRequested();
        scans.clearFullScanRequest(CONNECTOR);

        assertThat(wanted).isTrue();
        assertThat(scans.history(CONNECTOR).fullScanRequested()).isFalse();
    }

    @Test
    void aFailedScanKeepsItsProblem() {
        Problem problem = Problem.of(ProblemKind.GRAPH_FORBIDDEN, "Forbidden 📱", "Grant it.");
        long id = scans.start(CONNECTOR, ScanKind.FULL, NOW);
        scans.finish(id, ScanState.FAILED, problem, NOW);

        assertThat(scans.newest(CONNECTOR, 1)).first()
                .extracting(Scan::state, Scan::problem)
                .containsExactly(ScanState.FAILED, problem);
    }

    @Test
    void aScanThatADeadProcessLeftRunningIsClosedWhenTheNextStarts() {
        long dead = scans.start(CONNECTOR, ScanKind.FULL, NOW);
        long next = scans.start(CONNECTOR, ScanKind.FULL, NOW.plusSeconds(60));

        assertThat(next).isGreaterThan(dead);
        assertThat(scans.newest(CONNECTOR, 1)).first()
                .extracting(Scan::id, Scan::state)
                .containsExactly(next, ScanState.RUNNING);
        assertThat(database.jdbc()
                .sql("select state || ' ' || (problem ->> 'title') from scan where id = :id")
                .param("id", dead)
                .query(String.class)
                .single()).isEqualTo("FAILED Scan interrupted");
    }
}
