package io.acmpintune.engine.inventory;

import java.util.UUID;

import io.acmpintune.engine.mapping.MappedClient;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceId;

/** A device, the client that it is, and the records that ACMP should have; {@code removed} if the device left Intune. */
record DesiredClient(DeviceId device, UUID clientId, MappedClient mapped, Device source, boolean removed) {}
