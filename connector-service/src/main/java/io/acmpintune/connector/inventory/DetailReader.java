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
 * The detail lane of one connector: reads singly what Intune's list does not tell, twenty devices per request. It goes on after a
 * device that cannot be read, and stands still for a while after twenty that cannot.
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
     * @return until the next look
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
            log.info("{} read the details of {} devices", connector, read);
        }
        return IDLE;
    }

    /** False when Graph told nothing about any of them. */
    private boolean readAll(List<DetailPlan.Due> due, LaneRun lane) {
        Map<DeviceId, SingleRead<DeviceDetails>> answers = graph
                .devices().details(due.stream().map(DetailPlan.Due::id).toList());
        Instant now = clock.instant();
        List<DetailPlan> plans = new ArrayList<>();
        int unknown = 0;
        for (DetailPlan.Due device : due) {
            SingleRead<DeviceDetails> answer = answers.get(device.id());
            if (answer instanceof SingleRead.Failed<DeviceDetails>(var problem)) {
                unknown++;
                log.debug("{} could not read the details of {}: {}", connector, device.id(), problem.detail());
                if (unknown == due.size()) {
                    log.warn("{} could read the details of none of {} devices, the last one because: {} {}", connector,
                            unknown, problem.detail(), problem.remedy());
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
        return unknown < due.size();
    }
}
