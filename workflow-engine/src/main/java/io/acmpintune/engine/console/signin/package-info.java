/**
 * Owns the sign-in of the console: local users, OpenID provider, pace of attempts, sessions and security headers.
 * It must not know what pages show.
 */
@NullMarked
package io.acmpintune.engine.console.signin;

import org.jspecify.annotations.NullMarked;
