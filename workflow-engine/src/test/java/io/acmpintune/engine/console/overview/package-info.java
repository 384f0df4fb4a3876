/**
 * Owns the proof of what the overview counts and calls for.
 * It must not know how pages look.
 */
@NullMarked
package io.acmpintune.engine.console.overview;

import org.jspecify.annotations.NullMarked;
