package io.acmpintune.model.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Intune's {@code actionState}: the members that Graph v1.0 declares, and any other that a tenant answers, by its text.
 */
public record ActionResultState(@JsonValue String value) implements GraphEnum {
    public static final ActionResultState NONE = new ActionResultState("none");
    public static final ActionResultState PENDING = new ActionResultState("pending");
    public static final ActionResultState CANCELED = new ActionResultState("canceled");
    public static final ActionResultState ACTIVE = new ActionResultState("active");
    public static final ActionResultState DONE = new ActionResultState("done");
    public static final ActionResultState FAILED = new ActionResultState("failed");
    public static final ActionResultState NOT_SUPPORTED = new ActionResultState("notSupported");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ActionResultState {
        if (value.isBlank()) {
            throw new IllegalArgumentException("actionState is blank");
        }
    }
}
