/**
 * Owns the question whether time and the database have gone on without a gap: the database's clock, and its heartbeat.
 * It must not know what a service stops when they have not.
 */
@NullMarked
package io.acmpintune.runtime.continuity;

import org.jspecify.annotations.NullMarked;
