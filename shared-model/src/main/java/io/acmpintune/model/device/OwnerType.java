package io.acmpintune.model.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Intune's {@code managedDeviceOwnerType}: the members that Graph v1.0 declares, and any other that a tenant answers,
 * by its text.
 */
public record OwnerType(@JsonValue String value) implements GraphEnum {
    public static final OwnerType UNKNOWN = new OwnerType("unknown");
    public static final OwnerType COMPANY = new OwnerType("company");
    public static final OwnerType PERSONAL = new OwnerType("personal");
    public static final OwnerType UNKNOWN_FUTURE_VALUE = new OwnerType("unknownFutureValue");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OwnerType {
        if (value.isBlank()) {
            throw new IllegalArgumentException("managedDeviceOwnerType is blank");
        }
    }
}
