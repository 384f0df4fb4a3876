package io.acmpintune.engine.inventory;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceDetails;

/**
 * A device as the connector told it last.
 *
 * @param details what the connector read of it by itself; null = nothing
 */
record ReportedDevice(Device device, @Nullable DeviceDetails details) {}
