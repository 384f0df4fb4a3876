package io.acmpintune.engine.safety;

/** Counts the devices whose commands were cleared, but not yet answered by the connector. */
public interface HandOversUnderWay {

    /** @param scope a workflow, or {@link EmergencyStop#ALL} */
    int count(String scope);
}
