/**
 * Owns the tests of what the overview counts and lists.
 * It must not know how pages look.
 */
@NullMarked
package io.acmpintune.engine.console.overview;

import org.jspecify.annotations.NullMarked;
