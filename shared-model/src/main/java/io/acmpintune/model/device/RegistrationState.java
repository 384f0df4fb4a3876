package io.acmpintune.model.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Intune's {@code deviceRegistrationState}: the members that Graph v1.0 declares, and any other that a tenant answers,
 * by its text.
 */
public record RegistrationState(@JsonValue String value) implements GraphEnum {
    public static final RegistrationState NOT_REGISTERED = new RegistrationState("notRegistered");
    public static final RegistrationState REGISTERED = new RegistrationState("registered");
    public static final RegistrationState REVOKED = new RegistrationState("revoked");
    public static final RegistrationState KEY_CONFLICT = new RegistrationState("keyConflict");
    public static final RegistrationState APPROVAL_PENDING = new RegistrationState("approvalPending");
    public static final RegistrationState CERTIFICATE_RESET = new RegistrationState("certificateReset");
    public static final RegistrationState NOT_REGISTERED_PENDING_ENROLLMENT = new RegistrationState(
            "notRegisteredPendingEnrollment");
    public static final RegistrationState UNKNOWN = new RegistrationState("unknown");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RegistrationState {
        if (value.isBlank()) {
            throw new IllegalArgumentException("deviceRegistrationState is blank");
        }
    }
}
