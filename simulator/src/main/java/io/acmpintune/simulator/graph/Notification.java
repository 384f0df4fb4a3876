package io.acmpintune.simulator.graph;

import java.time.Instant;

/** A custom notification that Intune has accepted; it leaves no trace on the device. */
public record Notification(String deviceId, String title, String body, Instant at) {}
