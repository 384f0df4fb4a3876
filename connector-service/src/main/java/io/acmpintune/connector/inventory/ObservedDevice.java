package io.acmpintune.connector.inventory;

import io.acmpintune.model.device.DeviceId;

/** A device as read in this scan, ready to be compared and stored; {@code body} is its JSON. */
record ObservedDevice(DeviceId id, String body, Fingerprint fingerprint) {}
