package io.acmpintune.engine.mapping;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.workflow.PersonalDataPolicy;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceDetails;

/** The input of a mapping: a device, its details, the client that it is, whether it left Intune, and what is hidden. */
record MappingInput(Device device, @Nullable DeviceDetails details, UUID clientId, boolean removed,
        PersonalDataPolicy policy) {

    boolean hides(Property property) {
        return policy.hides(property.name(), device.managedDeviceOwnerType());
    }
}
