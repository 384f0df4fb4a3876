/**
 * Owns the encryption of secrets in the database, under a key that is not stored there. It must not know what a secret
 * is for.
 */
@NullMarked
package io.acmpintune.runtime.secret;

import org.jspecify.annotations.NullMarked;
