package io.acmpintune.engine.workflow;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.acmpintune.model.device.OwnerType;

/**
 * {@code acmp.workflows.<name>.personal-devices.*}: which personal data of personally owned devices is written to ACMP, shown
 * in the console and the API, and searched. A hidden property reads as if Intune had no value for it.
 *
 * <p>
 * Only devices that Intune reports as {@code personal} are personally owned; nothing is hidden of devices whose ownership is
 * unknown.
 *
 * @param userName whether the user's names and ID are shown, and {@code managedDeviceName}, which Intune derives from the name
 * @param mail whether the user's e-mail address is shown
 * @param phoneNumber whether the device's phone number is shown
 */
public record PersonalDataPolicy(@DefaultValue("false") boolean userName, @DefaultValue("false") boolean mail,
        @DefaultValue("false") boolean phoneNumber) {

    /** Hides all personal data of personally owned devices. */
    public static final PersonalDataPolicy STRICT = new PersonalDataPolicy(false, false, false);

    /**
     * Returns whether a property is hidden.
     *
     * @param property Graph's name of it
     * @param owner the ownership of its device; null = Intune reports none
     */
    public boolean hides(String property, @Nullable OwnerType owner) {
        return OwnerType.PERSONAL.equals(owner) && !shows(property);
    }

    /**
     * Returns whether the user of a device is hidden.
     *
     * @param owner the ownership as Graph writes it; null = Intune reports none
     */
    public boolean hidesUser(@Nullable String owner) {
        return owner != null && hiddenUsersOf().contains(owner);
    }

    /** Returns the ownerships, as Graph writes them, of devices whose users are hidden. */
    public Set<String> hiddenUsersOf() {
        return userName ? Set.of() : Set.of(OwnerType.PERSONAL.value());
    }

    private boolean shows(String property) {
        return switch (property) {
            case "userId", "userPrincipalName", "userDisplayName", "managedDeviceName" -> userName;
            case "emailAddress" -> mail;
            case "phoneNumber" -> phoneNumber;
            default -> true;
        };
    }
}
