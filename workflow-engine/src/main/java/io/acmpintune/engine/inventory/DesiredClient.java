package io.acmpintune.engine.inventory;

import java.util.UUID;

import io.acmpintune.engine.mapping.MappedClient;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceId;

/** A device with the client that it is and what ACMP should know of it; {@code removed} when it has left Intune. */
record DesiredClient(DeviceId device, UUID clientId, MappedClient mapped, Device source, boolean removed) {}
