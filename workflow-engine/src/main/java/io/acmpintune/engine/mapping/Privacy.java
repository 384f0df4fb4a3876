package io.acmpintune.engine.mapping;

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.OwnerType;

/**
 * Which personal data ACMP is told of devices that Intune calls personally owned; of all others it is told whatever the mapping
 * says. A property that is withheld reads as if Intune had no value for it.
 *
 * @param userName the user's names and id, and {@code managedDeviceName}, into which Intune writes the user's name
 * @param mail the user's mail address
 * @param phoneNumber the device's phone number
 */
public record Privacy(boolean userName, boolean mail, boolean phoneNumber) {

    /** Nothing personal of personally owned devices. */
    public static final Privacy STRICT = new Privacy(false, false, false);

    boolean withholds(String property, Device device) {
        return OwnerType.PERSONAL.equals(device.managedDeviceOwnerType()) && !tells(property);
    }

    private boolean tells(String property) {
        return switch (property) {
            case "userId", "userPrincipalName", "userDisplayName", "managedDeviceName" -> userName;
            case "emailAddress" -> mail;
            case "phoneNumber" -> phoneNumber;
            default -> true;
        };
    }
}
