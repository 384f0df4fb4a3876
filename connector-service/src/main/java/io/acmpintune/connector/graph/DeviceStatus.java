package io.acmpintune.connector.graph;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceActionResult;
import io.acmpintune.model.device.ManagementState;
import io.acmpintune.model.problem.Problem;

/** Progress of the actions on a device, as a single read shows it. */
public sealed interface DeviceStatus {

    record Present(@Nullable ManagementState managementState, @Nullable Instant lastSync,
            List<DeviceActionResult> results)
            implements
                DeviceStatus {
        public Present {
            results = List.copyOf(results);
        }
    }

    /** Intune answered 404. */
    record Gone() implements DeviceStatus {}

    /** The read failed; it may succeed later. */
    record Unreadable(Problem problem) implements DeviceStatus {}
}
