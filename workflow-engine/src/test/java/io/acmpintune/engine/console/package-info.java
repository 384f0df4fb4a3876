/**
 * Owns the proof that the console's pages are there, closed to whom they must be, readable in every language, and fast.
 * It must not know how a feature comes to its answer.
 */
@NullMarked
package io.acmpintune.engine.console;

import org.jspecify.annotations.NullMarked;
