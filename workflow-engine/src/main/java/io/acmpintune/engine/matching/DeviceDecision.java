package io.acmpintune.engine.matching;

import java.time.Instant;
import java.util.UUID;

/** An operator's word about a device. */
public sealed interface DeviceDecision {

    /** Who decided. */
    String decidedBy();

    Instant decidedAt();

    /** The device is this client. */
    record Pin(UUID client, String decidedBy, Instant decidedAt) implements DeviceDecision {}

    /** The device is a client of its own, whatever it looks like. */
    record Split(String decidedBy, Instant decidedAt) implements DeviceDecision {}

    /** Nothing is to be done with the device. */
    record Ignore(String decidedBy, Instant decidedAt) implements DeviceDecision {}
}
