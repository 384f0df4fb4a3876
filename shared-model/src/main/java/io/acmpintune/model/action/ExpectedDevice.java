package io.acmpintune.model.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.OwnerType;

/**
 * A device as whoever orders a retire or wipe saw it. It is read again before the action is sent, and must be the same still.
 * Null means that Intune showed no value, which must be so still, too; a blank text is taken for null.
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

    /** Whose device it is stays out of every log. */
    @Override
    public String toString() {
        return "ExpectedDevice[…]";
    }
}
