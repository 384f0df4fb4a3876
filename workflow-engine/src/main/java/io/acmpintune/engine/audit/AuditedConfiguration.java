package io.acmpintune.engine.audit;

import java.util.SortedMap;

/**
 * One feature's effective configuration, for the audit. Each feature publishes a bean that lists values explicitly, so that no secret
 * is recorded by mistake.
 */
@FunctionalInterface
public interface AuditedConfiguration {

    /** Returns the values that are not secret, by the full names of their properties. */
    SortedMap<String, String> values();
}
