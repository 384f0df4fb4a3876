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
 * Handles missing devices after a full scan. A missing device is suspected; one that is missing again is read singly and removed only
 * if Intune answers 404 or it no longer matches the filter. Listed devices that no longer match the filter are removed as well. Too
 * many removals at once wait for an operator.
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

    /** Numbers of suspected, removed and held devices, and of the requests sent. */
    record Outcome(int suspect, int removed, int held, int graphCalls) {
        static final Outcome NONE = new Outcome(0, 0, 0, 0);
    }

    /**
     * Suspects, removes or holds devices after a full scan.
     *
     * @param known devices that were known before the scan or added by it
     * @param seen devices that the scan listed
     * @param notMatching the listed devices that do not match the filter
     */
    Outcome conclude(long scan, Set<DeviceId> known, Set<DeviceId> seen, Set<DeviceId> notMatching, LaneRun lane) {
        AbsencePlan plan = AbsencePlan.of(known, absences.suspects(connector.name()), seen, notMatching);
        lane.write(() -> {
            absences.withdrawHolds(connector.name());
            absences.clear(connector.name(), plan.cleared());
            absences.suspect(connector.name(), plan.suspect(), clock.instant());
        });
        if (plan.exceeds(known.size(), absences.released(connector.name()))) {
            log.warn("Holding removals until an operator decides (connector={}, removals={}, devices={}, limit={})",
                    connector,
                    plan.candidates().size(), known.size(), AbsencePlan.limit(known.size()));
            lane.write(() -> absences.hold(connector.name(), scan, plan.candidates(), known.size(), clock.instant()));
            return new Outcome(plan.suspect().size(), 0, plan.candidates().size(), 0);
        }
        lane.write(() -> absences.remove(connector.name(), plan.excluded(), clock.instant()));
        Confirmed confirmed = confirm(List.copyOf(plan.confirm()), lane);
        if (!lane.stopping()) {
            lane.write(() -> absences.useReleases(connector.name()));
        }
        return new Outcome(plan.suspect().size() + confirmed.kept(), plan.excluded().size() + confirmed.removed(), 0,
                confirmed.graphCalls());
    }

    /** Result of the single reads of devices that were missing twice; {@code kept} counts unreadable ones. */
    private record Confirmed(int removed, int kept, int graphCalls) {}

    private Confirmed confirm(List<DeviceId> candidates, LaneRun lane) {
        int removed = 0;
        int cleared = 0;
        int calls = 0;
        for (int from = 0; from < candidates.size() && !lane.stopping(); from += BATCH) {
            List<DeviceId> gone = new ArrayList<>();
            List<DeviceId> there = new ArrayList<>();
            calls++;
            graph.devices()
                    .read(candidates.subList(from, Math.min(from + BATCH, candidates.size())), filter.columns())
                    .forEach((id, read) -> {
                        switch (read) {
                            case SingleRead.Gone<Device>() -> gone.add(id);
                            case SingleRead.Found<Device>(var device) ->
                                (filter.matches(device) ? there : gone).add(id);
                            case SingleRead.Failed<Device>(var problem) ->
                                log.info("Kept a missing device that cannot be read: {} (connector={}, device={})",
                                        problem.detail(), connector, id);
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
