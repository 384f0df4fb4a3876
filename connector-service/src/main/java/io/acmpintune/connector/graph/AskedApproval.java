package io.acmpintune.connector.graph;

/** A request for approval that Intune has of an action. */
public record AskedApproval(String code, ApprovalLook look) {}
