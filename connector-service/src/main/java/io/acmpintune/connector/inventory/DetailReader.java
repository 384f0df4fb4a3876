package io.acmpintune.connector.inventory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.graph.SingleRead;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.device.DeviceDetails;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * The detail lane of one connector: reads the properties that Intune's list does not return, twenty devices per request. It continues
 * after a failed device, and pauses after a batch in which all failed.
 */
final class DetailReader {

    /** Graph's largest batch. */
    private static final int BATCH = 20;
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(DetailReader.class);

    private final Connector connector;
    private final Graph graph;
    private final DetailRepository details;
    private final FeedSignal signal;
    private final InstantSource clock;

    DetailReader(Connector connector, Graph graph, DetailRepository details, FeedSignal signal, InstantSource clock) {
        this.connector = connector;
        this.graph = graph;
        this.details = details;
        this.signal = signal;
        this.clock = clock;
    }

    /**
     * Reads the details that are due.
     *
     * @return time until the next run
     */
    Duration run(LaneRun lane) {
        int read = 0;
        while (!lane.stopping()) {
            List<DetailPlan.Due> due = details.due(connector.name(), clock.instant(), BATCH);
            if (due.isEmpty()) {
                break;
            }
            if (!readAll(due, lane)) {
                return AFTER_FAILURE;
            }
            read += due.size();
        }
        if (read > 0) {
            log.info("Read device details (connector={}, devices={})", connector, read);
        }
        return IDLE;
    }

    /** Returns false if none of them could be read. */
    private boolean readAll(List<DetailPlan.Due> due, LaneRun lane) {
        Map<DeviceId, SingleRead<DeviceDetails>> answers = graph
                .devices()
                .details(due.stream().map(DetailPlan.Due::id).toList());
        Instant now = clock.instant();
        List<DetailPlan> plans = new ArrayList<>();
        int failed = 0;
        for (DetailPlan.Due device : due) {
            SingleRead<DeviceDetails> answer = answers.get(device.id());
            if (answer instanceof SingleRead.Failed<DeviceDetails>(var problem)) {
                failed++;
                log.debug("Could not read device details: {} (connector={}, device={})", problem.detail(), connector,
                        device.id());
                if (failed == due.size()) {
                    log.warn("Could not read any device details: {} {} (connector={}, devices={})", problem.detail(),
                            problem.remedy(), connector, failed);
                }
            }
            if (answer != null) {
                plans.add(DetailPlan.of(device, answer, now));
            }
        }
        lane.write(() -> details.write(connector.name(), plans, now));
        if (plans.stream().anyMatch(plan -> plan.outcome() instanceof DetailPlan.Outcome.Changed)) {
            signal.changed();
        }
        return failed < due.size();
    }
}
