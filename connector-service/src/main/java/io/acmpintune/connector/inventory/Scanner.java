package io.acmpintune.connector.inventory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.graph.DevicePages;
import io.acmpintune.connector.graph.DeviceRow;
import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.graph.GraphException;
import io.acmpintune.connector.tenant.AccessTokenException;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.ConnectorStatus.ScanKind;
import io.acmpintune.model.ConnectorStatus.ScanState;
import io.acmpintune.model.ScanIntervals;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.lane.LaneRun;

/** The scan lane of one connector: reads devices page by page, stores changes, and handles missing devices. */
final class Scanner {

    private static final Logger log = LoggerFactory.getLogger(Scanner.class);
    private static final Duration RETRY_INTERVAL = Duration.ofMinutes(1);
    /** A scan may be requested while this lane checks whether one is due. */
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    private final Connector connector;
    private final Graph graph;
    private final AbsenceCheck absence;
    private final DeviceRepository devices;
    private final ScanRepository scans;
    private final FeedSignal signal;
    private final ObjectWriter bodies;
    private final InstantSource clock;

    Scanner(Connector connector, Graph graph, AbsenceCheck absence, DeviceRepository devices, ScanRepository scans,
            FeedSignal signal, JsonMapper json, InstantSource clock) {
        this.connector = connector;
        this.graph = graph;
        this.absence = absence;
        this.devices = devices;
        this.scans = scans;
        this.signal = signal;
        this.bodies = ObservedDevice.bodies(json);
        this.clock = clock;
    }

    /**
     * Runs the scan that is due, if one is.
     *
     * @return time until the next run
     */
    Duration run(LaneRun lane) {
        ScanIntervals intervals = scans.intervals(connector.name(), connector.scanner().intervals());
        return switch (NextScan.of(scans.history(connector.name()), intervals, clock.instant())) {
            case NextScan.Wait(var until) -> until.compareTo(CHECK_INTERVAL) < 0 ? until : CHECK_INTERVAL;
            case NextScan.Full() -> scan(ScanKind.FULL,
                    () -> graph.list(connector.scanner().pageSize(), connector.scanner().filter()), lane);
            case NextScan.Incremental(var after) -> scan(ScanKind.INCREMENTAL,
                    () -> graph.listCheckedInAfter(after, connector.scanner().pageSize(),
                            connector.scanner().filter()),
                    lane);
        };
    }

    private Duration scan(ScanKind kind, Supplier<DevicePages> pages, LaneRun lane) {
        Instant began = clock.instant();
        long scan = lane.write(() -> scans.start(connector.name(), kind, began));
        log.info("Scan started (connector={}, scan={}, kind={})", connector, scan, kind);
        ScanProgress progress = new ScanProgress(devices.fingerprints(connector.name()),
                devices.quarantined(connector.name()));
        try {
            read(scan, pages, progress, lane);
            if (progress.isEndless()) {
                return fail(scan, endless(), progress, lane);
            }
            return lane.stopping() ? stop(scan, progress, lane) : finish(scan, kind, began, progress, lane);
        } catch (GraphException e) {
            Duration again = fail(scan, e.problem(), progress, lane);
            return e.pause().compareTo(again) > 0 ? e.pause() : again;
        } catch (AccessTokenException e) {
            return fail(scan, e.problem(), progress, lane);
        } catch (CancellationException e) {
            // interrupted: nothing more can be written; the next scan marks this one as failed
            log.info("Scan stopped: {} (connector={}, scan={})", e.getMessage(), connector, scan);
            return Duration.ZERO;
        }
    }

    private Duration finish(long scan, ScanKind kind, Instant began, ScanProgress progress, LaneRun lane) {
        AbsenceCheck.Outcome absent = switch (kind) {
            case FULL -> absence.conclude(scan, progress.known().keySet(), progress.seen(), progress.excluded(),
                    lane);
            // an incremental scan lists only devices that checked in, so missing ones mean nothing
            case INCREMENTAL -> AbsenceCheck.Outcome.NONE;
        };
        lane.write(() -> {
            scans.update(scan, progress.count());
            scans.recordAbsences(scan, absent);
            scans.advanceWatermark(connector.name(), progress.newestCheckIn());
            if (kind == ScanKind.FULL) {
                scans.clearFullScanRequest(connector.name());
                // an empty list is not plausible
                if (!progress.seen().isEmpty()) {
                    devices.releaseUnlisted(connector.name(), began);
                }
            }
            scans.finish(scan, ScanState.FINISHED, null, clock.instant());
        });
        if (absent.removed() > 0) {
            signal.changed();
        }
        ScanCounts count = progress.count();
        log.info(
                "Scan finished (connector={}, scan={}, kind={}, read={}, pages={}, added={}, changed={}, unchanged={}, filtered={},"
                        + " quarantined={}, suspected={}, removed={}, held={})",
                connector, scan, kind, count.read(), count.pages(), count.added(), count.changed(), count.unchanged(),
                count.filtered(), count.quarantined(), absent.suspect(), absent.removed(), absent.held());
        // the next run decides how long to wait
        return Duration.ZERO;
    }

    private void read(long scan, Supplier<DevicePages> start, ScanProgress progress, LaneRun lane) {
        try (DevicePages pages = start.get()) {
            try {
                for (Optional<List<DeviceRow>> page = pages.next(); page.isPresent() && !lane.stopping()
                        && !progress.isEndless(); page = pages.next()) {
                    progress.setCalls(pages.calls());
                    store(scan, page.get(), progress, lane);
                }
            } finally {
                // includes failed requests
                progress.setCalls(pages.calls());
            }
        }
    }

    private void store(long scan, List<DeviceRow> rows, ScanProgress progress, LaneRun lane) {
        PageContent page = PageContent.of(rows, connector.scanner().filter(), bodies, clock.instant());
        PagePlan plan = PagePlan.of(page.matching(), progress.known());
        ScanCounts count = progress.count().plus(plan, page);
        lane.write(() -> {
            devices.write(connector.name(), plan.write(), clock.instant());
            devices.quarantine(connector.name(), page.malformed(), clock.instant());
            devices.releaseQuarantined(connector.name(), progress.recovered(page));
            scans.update(scan, count);
        });
        progress.recordPage(plan, page, count);
        if (!plan.write().isEmpty()) {
            signal.changed();
        }
    }

    private static Problem endless() {
        return Problem.of(ProblemKind.GRAPH_ENDLESS_LIST,
                "Graph returned page after page without a new device.",
                "The next scan reads everything again. If the problem persists, contact Microsoft support.");
    }

    private Duration fail(long scan, Problem problem, ScanProgress progress, LaneRun lane) {
        log.warn("Scan failed: {} {} (connector={}, scan={})", problem.detail(), problem.remedy(), connector, scan);
        end(scan, problem, progress, lane);
        return RETRY_INTERVAL;
    }

    private Duration stop(long scan, ScanProgress progress, LaneRun lane) {
        end(scan,
                ScanRepository.interrupted("The service was stopped during the scan."),
                progress,
                lane);
        return Duration.ZERO;
    }

    private void end(long scan, Problem problem, ScanProgress progress, LaneRun lane) {
        lane.write(() -> {
            scans.update(scan, progress.count());
            scans.finish(scan, ScanState.FAILED, problem, clock.instant());
        });
    }
}
