package io.acmpintune.model.action;

import java.time.Instant;

/**
 * What an action waits for that Intune wants a second administrator to approve (Multi Admin Approval). It is approved in
 * Intune's admin center, under Tenant administration › Multi Admin Approval; nobody is told of it by Intune.
 *
 * @param code Intune's name of the request
 * @param expiresAt Intune forgets the request then
 */
public record Approval(String code, Instant expiresAt) {}
