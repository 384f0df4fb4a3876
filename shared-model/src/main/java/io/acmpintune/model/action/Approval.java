package io.acmpintune.model.action;

import java.time.Instant;

/**
 * Intune's request for a second administrator's approval of an action (Multi Admin Approval). It is approved in
 * Intune's admin center, under Tenant administration › Multi Admin Approval; Intune notifies nobody.
 *
 * @param code Intune's id of the request
 * @param expiresAt when Intune deletes the request
 */
public record Approval(String code, Instant expiresAt) {}
