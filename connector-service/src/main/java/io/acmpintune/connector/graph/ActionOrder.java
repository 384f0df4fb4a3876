package io.acmpintune.connector.graph;

import java.util.UUID;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.device.DeviceId;

/** One action to hand to Intune. */
public record ActionOrder(UUID actionId, ActionKind kind, DeviceId deviceId) {}
