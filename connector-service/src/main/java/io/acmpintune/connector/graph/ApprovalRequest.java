package io.acmpintune.connector.graph;

/** A request for approval that Intune has of an action. */
public record ApprovalRequest(String code, ApprovalStatus look) {}
