/**
 * Owns what stands between an order and what does not come back: thresholds and second persons, caps, the emergency stop.
 * It must not know jobs, clients or devices; a job is a subject with a few facts.
 */
@NullMarked
package io.acmpintune.engine.safety;

import org.jspecify.annotations.NullMarked;
