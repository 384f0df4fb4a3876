package io.acmpintune.engine.matching;

import java.time.Instant;
import java.util.UUID;

/** An operator's decision about a device. */
public sealed interface DeviceDecision {

    /** The operator. */
    String decidedBy();

    Instant decidedAt();

    /** The device is this client. */
    record Pin(UUID client, String decidedBy, Instant decidedAt) implements DeviceDecision {}

    /** The device is a client of its own. */
    record Split(String decidedBy, Instant decidedAt) implements DeviceDecision {}

    /** The device is excluded. */
    record Ignore(String decidedBy, Instant decidedAt) implements DeviceDecision {}
}
