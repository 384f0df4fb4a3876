package io.acmpintune.engine.audit;

import java.util.SortedMap;

/**
 * The part of the configuration that one feature answers for, as it is in effect. Each feature publishes a bean of this type; what
 * none of them lists is not recorded, so that no secret gets in by being forgotten.
 */
@FunctionalInterface
public interface AuditedConfiguration {

    /** Values that are no secrets, by the full names of their properties. */
    SortedMap<String, String> values();
}
