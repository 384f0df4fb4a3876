/**
 * Owns the withdrawal of access: revoked identities, and sessions that are ended.
 * It must not know how people sign in.
 */
@NullMarked
package io.acmpintune.engine.access;

import org.jspecify.annotations.NullMarked;
