/**
 * Owns the proof of who enters the console, who does not, and for how long.
 * It must not know how pages look.
 */
@NullMarked
package io.acmpintune.engine.console.signin;

import org.jspecify.annotations.NullMarked;
