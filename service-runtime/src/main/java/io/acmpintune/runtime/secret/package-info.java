/**
 * Owns how a secret waits in the database for its use: encrypted, under a key that is not there.
 * It must not know what the secret opens, nor who sends it.
 */
@NullMarked
package io.acmpintune.runtime.secret;

import org.jspecify.annotations.NullMarked;
