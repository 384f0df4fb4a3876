package io.acmpintune.connector.inventory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.graph.SingleRead;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.DeviceFilter;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * What follows a complete scan: a device that it missed is suspected, one that it missed again is read singly, and only what
 * Intune answers with 404, or as a device that the connector's filter does not admit, is removed. So is a device of which the scan
 * saw a row that the filter does not admit. Too many at once wait for an operator.
 */
final class AbsenceCheck {

    private static final Logger log = LoggerFactory.getLogger(AbsenceCheck.class);
    /** Graph's largest batch. */
    private static final int BATCH = 20;

    private final Connector connector;
    private final DeviceFilter filter;
    private final Graph graph;
    private final AbsenceRepository absences;
    private final InstantSource clock;

    AbsenceCheck(Connector connector, Graph graph, AbsenceRepository absences, InstantSource clock) {
        this.connector = connector;
        this.filter = connector.scanner().filter();
        this.graph = graph;
        this.absences = absences;
        this.clock = clock;
    }

    /** How many devices are suspected, were removed, are held; and the requests that it took to know. */
    record Outcome(int suspect, int removed, int held, int graphCalls) {
        static final Outcome NONE = new Outcome(0, 0, 0, 0);
    }

    /**
     * Draws the conclusions of a scan that read everything.
     *
     * @param known every device that was known before the scan, or was added by it
     * @param seen every device of which it saw a row
     * @param notAdmitted those of them that the filter does not admit
     */
    Outcome conclude(long scan, Set<DeviceId> known, Set<DeviceId> seen, Set<DeviceId> notAdmitted, LaneRun lane) {
        AbsencePlan plan = AbsencePlan.of(known, absences.suspects(connector.name()), seen, notAdmitted);
        lane.write(() -> {
            absences.withdrawHolds(connector.name());
            absences.clear(connector.name(), plan.cleared());
            absences.suspect(connector.name(), plan.suspect(), clock.instant());
        });
        if (plan.exceeds(known.size(), absences.released(connector.name()))) {
            log.warn("{} holds the removal of {} of {} devices: more than {} at once wait for an operator", connector,
                    plan.leaving().size(), known.size(), AbsencePlan.limit(known.size()));
            lane.write(() -> absences.hold(connector.name(), scan, plan.leaving(), known.size(), clock.instant()));
            return new Outcome(plan.suspect().size(), 0, plan.leaving().size(), 0);
        }
        lane.write(() -> absences.remove(connector.name(), plan.unwanted(), clock.instant()));
        Confirmed confirmed = confirm(List.copyOf(plan.confirm()), lane);
        if (!lane.stopping()) {
            lane.write(() -> absences.useReleases(connector.name()));
        }
        return new Outcome(plan.suspect().size() + confirmed.kept(), plan.unwanted().size() + confirmed.removed(), 0,
                confirmed.graphCalls());
    }

    /** What single reads said of devices that were missed twice; {@code kept} counts those of which they could not tell. */
    private record Confirmed(int removed, int kept, int graphCalls) {}

    private Confirmed confirm(List<DeviceId> candidates, LaneRun lane) {
        int removed = 0;
        int cleared = 0;
        int calls = 0;
        for (int from = 0; from < candidates.size() && !lane.stopping(); from += BATCH) {
            List<DeviceId> gone = new ArrayList<>();
            List<DeviceId> there = new ArrayList<>();
            calls++;
            graph.devices().read(candidates.subList(from, Math.min(from + BATCH, candidates.size())), filter.columns())
                    .forEach((id, read) -> {
                        switch (read) {
                            case SingleRead.Gone<Device>() -> gone.add(id);
                            case SingleRead.Found<Device>(var device) ->
                                (filter.matches(device) ? there : gone).add(id);
                            case SingleRead.Failed<Device>(var problem) ->
                                log.info("{} keeps {}, which Intune's list left out: {}", connector, id,
                                        problem.detail());
                        }
                    });
            lane.write(() -> {
                absences.remove(connector.name(), gone, clock.instant());
                absences.clear(connector.name(), there);
            });
            removed += gone.size();
            cleared += there.size();
        }
        return new Confirmed(removed, candidates.size() - removed - cleared, calls);
    }
}
