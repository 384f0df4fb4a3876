package io.acmpintune.model.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Intune's {@code exchangeAccessState}: the members that Graph v1.0 declares, and any other that a tenant answers, by
 * its text.
 */
public record ExchangeAccessState(@JsonValue String value) implements GraphEnum {
    public static final ExchangeAccessState NONE = new ExchangeAccessState("none");
    public static final ExchangeAccessState UNKNOWN = new ExchangeAccessState("unknown");
    public static final ExchangeAccessState ALLOWED = new ExchangeAccessState("allowed");
    public static final ExchangeAccessState BLOCKED = new ExchangeAccessState("blocked");
    public static final ExchangeAccessState QUARANTINED = new ExchangeAccessState("quarantined");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ExchangeAccessState {
        if (value.isBlank()) {
            throw new IllegalArgumentException("exchangeAccessState is blank");
        }
    }
}
