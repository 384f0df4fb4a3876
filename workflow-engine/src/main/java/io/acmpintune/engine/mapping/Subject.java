package io.acmpintune.engine.mapping;

import java.util.UUID;

import io.acmpintune.model.device.Device;

/** What is mapped: a device, the client it is, whether it has left Intune, and what of it is nobody's business. */
record Subject(Device device, UUID clientId, boolean removed, Privacy privacy) {

    boolean withholds(Property property) {
        return privacy.withholds(property.name(), device);
    }
}
