package io.acmpintune.model;

import java.time.Instant;

/**
 * A row of Intune's list that is no device as we know them.
 *
 * @param device the row's id, or a name made of its contents where it has none
 * @param reason what is wrong with which property
 * @param raw the row as Intune listed it, as JSON, without what opens or locates a device
 */
public record QuarantinedDevice(String device, String reason, String raw, Instant since, Instant lastSeen) {}
