package io.acmpintune.connector.inventory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.graph.DevicePages;
import io.acmpintune.connector.graph.DeviceRow;
import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.graph.GraphFailure;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.NoAccessToken;
import io.acmpintune.model.ConnectorStatus.ScanKind;
import io.acmpintune.model.ConnectorStatus.ScanState;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.lane.LaneRun;

/** The scan lane of one connector: reads all devices page by page and stores what differs. */
final class Scanner {

    private static final Logger log = LoggerFactory.getLogger(Scanner.class);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final Connector connector;
    private final Graph graph;
    private final AbsenceCheck absence;
    private final DeviceRepository devices;
    private final ScanRepository scans;
    private final FeedSignal signal;
    private final JsonMapper json;
    private final InstantSource clock;

    Scanner(Connector connector, Graph graph, AbsenceCheck absence, DeviceRepository devices, ScanRepository scans,
            FeedSignal signal, JsonMapper json, InstantSource clock) {
        this.connector = connector;
        this.graph = graph;
        this.absence = absence;
        this.devices = devices;
        this.scans = scans;
        this.signal = signal;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Runs one full scan.
     *
     * @return until the next
     */
    Duration run(LaneRun lane) {
        long scan = lane.write(() -> scans.start(connector.name(), ScanKind.FULL, clock.instant()));
        log.info("{} starts full scan {}", connector, scan);
        try {
            Map<DeviceId, Fingerprint> known = devices.fingerprints(connector.name());
            Set<DeviceId> seen = new HashSet<>();
            ScanCount count = read(scan, known, seen, lane);
            if (lane.stopping()) {
                return stop(scan, lane);
            }
            AbsenceCheck.Outcome outcome = absence.conclude(scan, known.keySet(), seen, lane);
            lane.write(() -> {
                scans.absent(scan, outcome);
                scans.finish(scan, ScanState.FINISHED, null, clock.instant());
            });
            if (outcome.removed() > 0) {
                signal.changed();
            }
            log.info(
                    "{} finished scan {}: {} devices read on {} pages, {} new, {} changed, {} unchanged, {} quarantined;"
                            + " {} suspected to be gone, {} removed, {} held",
                    connector, scan, count.read(), count.pages(), count.added(), count.changed(), count.unchanged(),
                    count.quarantined(), outcome.suspect(), outcome.removed(), outcome.held());
            return connector.scanner().fullInterval();
        } catch (GraphFailure e) {
            return fail(scan, e.problem(), lane);
        } catch (NoAccessToken e) {
            return fail(scan, e.problem(), lane);
        } catch (CancellationException e) {
            // interrupted: nothing can be written any more; the next start closes the scan as failed
            log.info("{} stops scan {}: {}", connector, scan, e.getMessage());
            return Duration.ZERO;
        }
    }

    private ScanCount read(long scan, Map<DeviceId, Fingerprint> known, Set<DeviceId> seen, LaneRun lane) {
        ScanCount count = ScanCount.NONE;
        try (DevicePages pages = graph.devices(connector.scanner().pageSize())) {
            for (Optional<List<DeviceRow>> page = pages.next(); page.isPresent()
                    && !lane.stopping(); page = pages.next()) {
                count = store(scan, page.get(), known, seen, count, pages.calls(), lane);
            }
        }
        return count;
    }

    private ScanCount store(long scan, List<DeviceRow> rows, Map<DeviceId, Fingerprint> known, Set<DeviceId> seen,
            ScanCount before, int calls, LaneRun lane) {
        List<ObservedDevice> observed = new ArrayList<>(rows.size());
        List<DeviceRow.Malformed> malformed = new ArrayList<>();
        for (DeviceRow row : rows) {
            switch (row) {
                case DeviceRow.Observed(var device) -> {
                    String body = json.writeValueAsString(device);
                    observed.add(new ObservedDevice(device.id(), body, Fingerprint.of(body)));
                }
                case DeviceRow.Malformed bad -> malformed.add(bad);
            }
        }
        observed.forEach(device -> seen.add(device.id()));
        malformed.forEach(row -> known.keySet().stream().filter(id -> id.value().equals(row.id())).forEach(seen::add));
        PagePlan plan = PagePlan.of(observed, known);
        ScanCount count = before.plus(plan, rows.size(), malformed.size(), calls);
        lane.write(() -> {
            devices.write(connector.name(), plan.write(), clock.instant());
            devices.quarantine(connector.name(), malformed, clock.instant());
            scans.progress(scan, count);
        });
        plan.write().forEach(device -> known.put(device.id(), device.fingerprint()));
        if (!plan.write().isEmpty()) {
            signal.changed();
        }
        return count;
    }

    private Duration fail(long scan, Problem problem, LaneRun lane) {
        log.warn("{} could not finish scan {}: {} {}", connector, scan, problem.detail(), problem.remedy());
        lane.write(() -> scans.finish(scan, ScanState.FAILED, problem, clock.instant()));
        return AFTER_FAILURE;
    }

    private Duration stop(long scan, LaneRun lane) {
        Problem stopped = Problem.of("scan-interrupted", "The scan was interrupted", 0,
                "The service was stopped during the scan.", "Nothing: the next scan reads everything again.");
        lane.write(() -> scans.finish(scan, ScanState.FAILED, stopped, clock.instant()));
        return Duration.ZERO;
    }
}
