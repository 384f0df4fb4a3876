package io.acmpintune.engine.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.mapping.MappedClient;
import io.acmpintune.engine.matching.ClientIds;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.device.DeviceChange;
import io.acmpintune.model.device.DeviceChanges;

/** Maps the first devices of a connector's feed, to show what ACMP would receive. Stores nothing. */
@Component
public class DeviceSample {

    private final ConnectorRequests connectors;
    private final WorkflowMappings mappings;

    DeviceSample(ConnectorRequests connectors, WorkflowMappings mappings) {
        this.connectors = connectors;
        this.mappings = mappings;
    }

    /**
     * A device as ACMP would receive it.
     *
     * @param client the fields of {@code SaveClients}, in their order
     * @param mobileDevice the fields of {@code SaveMobileDevices}
     */
    public record MappedDevice(String device, @Nullable String name, Map<String, String> client,
            Map<String, String> mobileDevice) {}

    /**
     * Returns at most {@code limit} devices; none before the connector's first scan.
     *
     * @throws io.acmpintune.runtime.problem.ProblemException when the connector does not answer
     */
    public List<MappedDevice> first(Workflow workflow, int limit) {
        DeviceChanges page = connectors.call(workflow,
                connector -> connector.deviceChanges(workflow.connector(), 0, limit, Duration.ZERO));
        return page.changes().stream().flatMap(change -> switch (change) {
            case DeviceChange.Present present -> Stream.of(mapped(workflow, page.tenantId(), present));
            case DeviceChange.Removed _ -> Stream.<MappedDevice>empty();
        }).toList();
    }

    private MappedDevice mapped(Workflow workflow, UUID tenant, DeviceChange.Present present) {
        MappedClient mapped = mappings.of(workflow.name())
                .map(present.device(), present.details(), ClientIds.derive(tenant, present.deviceId()), false);
        return new MappedDevice(present.deviceId().value(), present.device().deviceName(), mapped.client().fields(),
                mapped.mobileDevice().fields());
    }
}
