package io.acmpintune.engine.expiry;

import io.acmpintune.model.ExpiringCredential;

/** A credential of a workflow's connector, as the connector told of it last. */
public record KnownCredential(String workflow, String connector, ExpiringCredential credential) {}
