package io.acmpintune.connector.inventory;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.graph.Graphs;
import io.acmpintune.connector.tenant.Connectors;
import io.acmpintune.runtime.lane.LaneWork;
import io.acmpintune.runtime.lane.Lanes;

/** The scan lanes, one per connector. */
@Configuration(proxyBeanMethods = false)
class InventoryConfiguration {

    static final String SCAN = "scan";

    @Bean
    Task<Void> scanLane(Lanes lanes, Connectors connectors, Graphs graphs, DeviceRepository devices,
            ScanRepository scans, AbsenceRepository absences,
            FeedSignal signal, JsonMapper json, InstantSource clock) {
        Map<String, LaneWork> scanners = new HashMap<>();
        connectors.all()
                .forEach(connector -> scanners.put(connector.name(),
                        new Scanner(connector, graphs.of(connector),
                                new AbsenceCheck(connector, graphs.of(connector), absences, clock), devices, scans,
                                signal,
                                json, clock)::run));
        return lanes.define(SCAN, scanners);
    }
}
