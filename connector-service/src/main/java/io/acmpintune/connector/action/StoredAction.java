package io.acmpintune.connector.action;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.DeviceAction;

/**
 * An action with what only the lanes need.
 *
 * @param acceptedAt by Intune's clock; null = not accepted
 * @param looks how often its device was looked at
 */
record StoredAction(DeviceAction action, @Nullable Instant acceptedAt, int looks) {}
