package io.acmpintune.connector.graph;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionCommand;

/**
 * One action to hand to Intune.
 *
 * @param command with its secrets
 * @param approvalCode of an action that Intune has approved; null = not asked, or not wanted
 */
public record ActionOrder(UUID actionId, ActionCommand command, @Nullable String approvalCode) {}
