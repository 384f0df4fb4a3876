/**
 * Owns what health tells of the engine's peers.
 * It must not know how they are spoken to, nor change anything.
 */
@NullMarked
package io.acmpintune.engine.health;

import org.jspecify.annotations.NullMarked;
