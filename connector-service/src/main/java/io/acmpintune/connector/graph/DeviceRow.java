package io.acmpintune.connector.graph;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.Device;

/** One row of Intune's device list. */
public sealed interface DeviceRow {

    record Parsed(Device device) implements DeviceRow {}

    /**
     * A row that cannot be parsed.
     *
     * @param id the device id; null = the row has none
     * @param reason what is wrong with which property
     * @param raw the row as JSON, without secrets
     */
    record Malformed(@Nullable String id, String reason, String raw) implements DeviceRow {}
}
