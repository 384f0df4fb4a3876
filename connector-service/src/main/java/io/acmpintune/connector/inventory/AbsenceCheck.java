package io.acmpintune.connector.inventory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.connector.graph.DeviceLook;
import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * What follows a complete scan: a device that it missed is suspected, one that it missed again is read singly, and only what
 * Intune answers with 404 is removed. Too many at once wait for an operator.
 */
final class AbsenceCheck {

    private static final Logger log = LoggerFactory.getLogger(AbsenceCheck.class);
    /** Graph's largest batch. */
    private static final int BATCH = 20;

    private final Connector connector;
    private final Graph graph;
    private final AbsenceRepository absences;
    private final InstantSource clock;

    AbsenceCheck(Connector connector, Graph graph, AbsenceRepository absences, InstantSource clock) {
        this.connector = connector;
        this.graph = graph;
        this.absences = absences;
        this.clock = clock;
    }

    /** How many devices are suspected, were removed, are held. */
    record Outcome(int suspect, int removed, int held) {
        static final Outcome NONE = new Outcome(0, 0, 0);
    }

    /**
     * Draws the conclusions of a scan that read everything.
     *
     * @param known every device that was known before the scan, or was seen by it
     */
    Outcome conclude(long scan, Set<DeviceId> known, Set<DeviceId> seen, LaneRun lane) {
        AbsencePlan plan = AbsencePlan.of(known, absences.suspects(connector.name()), seen);
        lane.write(() -> {
            absences.withdrawHolds(connector.name());
            absences.clear(connector.name(), plan.cleared());
            absences.suspect(connector.name(), plan.suspect(), clock.instant());
        });
        if (plan.exceeds(known.size(), absences.released(connector.name()))) {
            log.warn("{} holds the removal of {} of {} devices: more than {} at once wait for an operator", connector,
                    plan.confirm().size(), known.size(), AbsencePlan.limit(known.size()));
            lane.write(() -> absences.hold(connector.name(), scan, plan.confirm(), known.size(), clock.instant()));
            return new Outcome(plan.suspect().size(), 0, plan.confirm().size());
        }
        int removed = remove(List.copyOf(plan.confirm()), lane);
        lane.write(() -> absences.useReleases(connector.name()));
        return new Outcome(plan.suspect().size() + plan.confirm().size() - removed, removed, 0);
    }

    private int remove(List<DeviceId> candidates, LaneRun lane) {
        int removed = 0;
        for (int from = 0; from < candidates.size() && !lane.stopping(); from += BATCH) {
            Map<DeviceId, DeviceLook> looks = graph.look(
                    candidates.subList(from, Math.min(from + BATCH, candidates.size())));
            List<DeviceId> gone = new ArrayList<>();
            List<DeviceId> there = new ArrayList<>();
            looks.forEach((id, look) -> {
                switch (look) {
                    case DeviceLook.Gone() -> gone.add(id);
                    case DeviceLook.Seen _ -> there.add(id);
                    case DeviceLook.Unknown(var problem) -> log.info("{} keeps {}, which Intune's list left out: {}",
                            connector, id, problem.detail());
                }
            });
            lane.write(() -> {
                absences.remove(connector.name(), gone, clock.instant());
                absences.clear(connector.name(), there);
            });
            removed += gone.size();
        }
        return removed;
    }
}
