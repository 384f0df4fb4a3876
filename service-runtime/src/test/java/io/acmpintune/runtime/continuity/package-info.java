/**
 * Owns the tests of the database's clock and heartbeat.
 * It must not know the services.
 */
@NullMarked
package io.acmpintune.runtime.continuity;

import org.jspecify.annotations.NullMarked;
