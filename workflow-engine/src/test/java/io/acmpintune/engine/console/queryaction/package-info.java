/**
 * Owns the proof that the form of a query action says what was filled in, and says what is wrong where it is wrong.
 * It must not know whom a query action reaches.
 */
@NullMarked
package io.acmpintune.engine.console.queryaction;

import org.jspecify.annotations.NullMarked;
