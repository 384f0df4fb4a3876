package io.acmpintune.connector.graph;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.ActionCommand;

/**
 * An action to submit to Intune.
 *
 * @param command including secrets
 * @param approvalCode code of the approval in Intune; null = none
 */
public record ActionOrder(UUID actionId, ActionCommand command, @Nullable String approvalCode) {}
