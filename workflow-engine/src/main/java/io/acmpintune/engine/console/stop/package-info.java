/**
 * Owns the page of the emergency stop.
 * It must not know how a stop reaches the connectors.
 */
@NullMarked
package io.acmpintune.engine.console.stop;

import org.jspecify.annotations.NullMarked;
