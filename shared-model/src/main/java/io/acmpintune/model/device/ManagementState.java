package io.acmpintune.model.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Intune's {@code managementState}: the members that Graph v1.0 declares, and any other that a tenant answers, by its
 * text.
 */
public record ManagementState(@JsonValue String value) implements GraphEnum {
    public static final ManagementState MANAGED = new ManagementState("managed");
    public static final ManagementState RETIRE_PENDING = new ManagementState("retirePending");
    public static final ManagementState RETIRE_FAILED = new ManagementState("retireFailed");
    public static final ManagementState WIPE_PENDING = new ManagementState("wipePending");
    public static final ManagementState WIPE_FAILED = new ManagementState("wipeFailed");
    public static final ManagementState UNHEALTHY = new ManagementState("unhealthy");
    public static final ManagementState DELETE_PENDING = new ManagementState("deletePending");
    public static final ManagementState RETIRE_ISSUED = new ManagementState("retireIssued");
    public static final ManagementState WIPE_ISSUED = new ManagementState("wipeIssued");
    public static final ManagementState WIPE_CANCELED = new ManagementState("wipeCanceled");
    public static final ManagementState RETIRE_CANCELED = new ManagementState("retireCanceled");
    public static final ManagementState DISCOVERED = new ManagementState("discovered");
    public static final ManagementState UNKNOWN_FUTURE_VALUE = new ManagementState("unknownFutureValue");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ManagementState {
        if (value.isBlank()) {
            throw new IllegalArgumentException("managementState is blank");
        }
    }
}
