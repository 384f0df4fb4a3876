package io.acmpintune.connector.graph;

/** An approval request in Intune for an action. */
public record ApprovalRequest(String code, ApprovalStatus status) {}
