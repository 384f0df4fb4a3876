package io.acmpintune.model.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.OwnerType;

/**
 * A device as the requester of a retire or wipe saw it. The device is read again before the action is sent and must
 * still match. Null means that Intune showed no value and must still show none; a blank text counts as null.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExpectedDevice(@Nullable String serialNumber, @Nullable String deviceName,
        @Nullable String userPrincipalName, @Nullable OwnerType ownerType) {

    public ExpectedDevice {
        serialNumber = blankToNull(serialNumber);
        deviceName = blankToNull(deviceName);
        userPrincipalName = blankToNull(userPrincipalName);
    }

    public static ExpectedDevice of(Device device) {
        return new ExpectedDevice(device.serialNumber(), device.deviceName(), device.userPrincipalName(),
                device.managedDeviceOwnerType());
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** Leaves out the user, who must not appear in logs. */
    @Override
    public String toString() {
        return "ExpectedDevice[…]";
    }
}
