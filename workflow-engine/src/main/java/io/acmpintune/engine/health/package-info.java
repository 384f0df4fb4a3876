/**
 * Owns the health component {@code db}.
 * It must not know what the engine does.
 */
@NullMarked
package io.acmpintune.engine.health;

import org.jspecify.annotations.NullMarked;
