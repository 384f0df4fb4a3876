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

/** Defines a scan lane for each connector, and a detail lane for each connector that reads details. */
@Configuration(proxyBeanMethods = false)
class InventoryConfiguration {

    static final String SCAN = "scan";
    static final String READ_DETAILS = "read-details";

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

    @Bean
    Task<Void> detailLane(Lanes lanes, Connectors connectors, Graphs graphs, DetailRepository details,
            FeedSignal signal, InstantSource clock) {
        Map<String, LaneWork> readers = new HashMap<>();
        connectors.all()
                .stream()
                .filter(connector -> connector.scanner().details())
                .forEach(connector -> readers.put(connector.name(),
                        new DetailReader(connector, graphs.of(connector), details, signal, clock)::run));
        return lanes.define(READ_DETAILS, readers);
    }
}
