package io.acmpintune.engine.mapping;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.workflow.PersonalDataPolicy;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceDetails;

/**
 * What is mapped: a device, what was read of it by itself, the client it is, whether it has left Intune, and what of it is nobody's
 * business.
 */
record MappingInput(Device device, @Nullable DeviceDetails details, UUID clientId, boolean removed,
        PersonalDataPolicy policy) {

    boolean hides(Property property) {
        return policy.hides(property.name(), device.managedDeviceOwnerType());
    }
}
