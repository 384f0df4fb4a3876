package io.acmpintune.model.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Intune's {@code complianceState}: the members that Graph v1.0 declares, and any other that a tenant answers, by its
 * text.
 */
public record ComplianceState(@JsonValue String value) implements GraphEnum {
    public static final ComplianceState UNKNOWN = new ComplianceState("unknown");
    public static final ComplianceState COMPLIANT = new ComplianceState("compliant");
    public static final ComplianceState NONCOMPLIANT = new ComplianceState("noncompliant");
    public static final ComplianceState CONFLICT = new ComplianceState("conflict");
    public static final ComplianceState ERROR = new ComplianceState("error");
    public static final ComplianceState IN_GRACE_PERIOD = new ComplianceState("inGracePeriod");
    public static final ComplianceState CONFIG_MANAGER = new ComplianceState("configManager");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ComplianceState {
        if (value.isBlank()) {
            throw new IllegalArgumentException("complianceState is blank");
        }
    }
}
