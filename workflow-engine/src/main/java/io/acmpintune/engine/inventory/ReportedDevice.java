package io.acmpintune.engine.inventory;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceDetails;

/**
 * A device as the connector last reported it.
 *
 * @param details what the connector read of the device individually; null = nothing
 */
record ReportedDevice(Device device, @Nullable DeviceDetails details) {}
