/**
 * Owns background work that must not run twice: lanes on db-scheduler, one run at a time over all replicas, fenced.
 * It must not know what a lane does.
 */
@NullMarked
package io.acmpintune.runtime.lane;

import org.jspecify.annotations.NullMarked;
