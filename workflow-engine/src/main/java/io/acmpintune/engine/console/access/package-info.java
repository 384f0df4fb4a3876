/**
 * Owns the page of who has access: people who have signed in, and revoked identities.
 * It must not know how people sign in.
 */
@NullMarked
package io.acmpintune.engine.console.access;

import org.jspecify.annotations.NullMarked;
