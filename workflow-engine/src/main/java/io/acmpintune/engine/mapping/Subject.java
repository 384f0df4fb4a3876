package io.acmpintune.engine.mapping;

import java.util.UUID;

import io.acmpintune.model.device.Device;

/** What is mapped: a device, the client it is, and whether it has left Intune. */
record Subject(Device device, UUID clientId, boolean removed) {}
