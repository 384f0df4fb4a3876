package io.acmpintune.connector.graph;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceActionResult;
import io.acmpintune.model.device.ManagementState;
import io.acmpintune.model.problem.Problem;

/** What a single read of a device says about the actions on it. */
public sealed interface DeviceStatus {

    record Present(@Nullable ManagementState managementState, @Nullable Instant lastSync,
            List<DeviceActionResult> results)
            implements
                DeviceStatus {
        public Present {
            results = List.copyOf(results);
        }
    }

    /** Intune answered 404: the device is gone. */
    record Gone() implements DeviceStatus {}

    /** It could not be read this time. */
    record Unreadable(Problem problem) implements DeviceStatus {}
}
