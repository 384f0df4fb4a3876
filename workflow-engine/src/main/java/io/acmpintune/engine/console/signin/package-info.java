/**
 * Owns who may enter the console and for how long: local users, Entra ID, lock-out, sessions and the headers of every page.
 * It must not know what any page shows.
 */
@NullMarked
package io.acmpintune.engine.console.signin;

import org.jspecify.annotations.NullMarked;
