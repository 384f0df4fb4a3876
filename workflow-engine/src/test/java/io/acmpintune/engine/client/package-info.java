/**
 * Owns the proof that clients are found, counted and shown as they are, and fast.
 * It must not know who looks.
 */
@NullMarked
package io.acmpintune.engine.client;

import org.jspecify.annotations.NullMarked;
