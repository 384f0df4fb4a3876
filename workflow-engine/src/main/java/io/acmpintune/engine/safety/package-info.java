/**
 * Owns the safety limits of destructive actions: thresholds and second persons, caps, the emergency stop.
 * It must not know jobs, clients or devices; a job is a subject with a few facts.
 */
@NullMarked
package io.acmpintune.engine.safety;

import org.jspecify.annotations.NullMarked;
