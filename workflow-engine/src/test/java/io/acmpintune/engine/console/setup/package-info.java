/**
 * Owns the tests of the set-up.
 * It must not know other pages.
 */
@NullMarked
package io.acmpintune.engine.console.setup;

import org.jspecify.annotations.NullMarked;
