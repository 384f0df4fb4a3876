package io.acmpintune.engine.alert;

import io.acmpintune.model.ExpiringCredential;

/** A credential of a workflow's connector, as last reported. */
public record ReportedCredential(String workflow, String connector, ExpiringCredential credential) {}
