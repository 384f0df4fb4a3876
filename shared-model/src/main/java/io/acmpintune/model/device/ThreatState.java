package io.acmpintune.model.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Intune's {@code partnerReportedThreatState}: the members that Graph v1.0 declares, and any other that a tenant
 * answers, by its text.
 */
public record ThreatState(@JsonValue String value) implements GraphEnum {
    public static final ThreatState UNKNOWN = new ThreatState("unknown");
    public static final ThreatState ACTIVATED = new ThreatState("activated");
    public static final ThreatState DEACTIVATED = new ThreatState("deactivated");
    public static final ThreatState SECURED = new ThreatState("secured");
    public static final ThreatState LOW_SEVERITY = new ThreatState("lowSeverity");
    public static final ThreatState MEDIUM_SEVERITY = new ThreatState("mediumSeverity");
    public static final ThreatState HIGH_SEVERITY = new ThreatState("highSeverity");
    public static final ThreatState UNRESPONSIVE = new ThreatState("unresponsive");
    public static final ThreatState COMPROMISED = new ThreatState("compromised");
    public static final ThreatState MISCONFIGURED = new ThreatState("misconfigured");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ThreatState {
        if (value.isBlank()) {
            throw new IllegalArgumentException("partnerReportedThreatState is blank");
        }
    }
}
