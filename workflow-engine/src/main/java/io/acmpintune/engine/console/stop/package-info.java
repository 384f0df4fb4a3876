/**
 * Owns the page of the emergency stop.
 * It must not know how connectors receive a stop.
 */
@NullMarked
package io.acmpintune.engine.console.stop;

import org.jspecify.annotations.NullMarked;
