package io.acmpintune.model;

import java.time.Instant;

/**
 * A row of Intune's list that cannot be parsed as a device.
 *
 * @param device the row's id, or a digest of the row if it has none
 * @param reason the invalid property and what is wrong with it
 * @param raw the row as Intune listed it, as JSON, without secrets and locations
 */
public record QuarantinedDevice(String device, String reason, String raw, Instant since, Instant lastSeen) {}
