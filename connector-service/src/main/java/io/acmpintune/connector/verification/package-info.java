/**
 * Owns the verification of a connection: which checks there are, what their findings mean, and what to do.
 * It must not know what is stored, scanned or sent.
 */
@NullMarked
package io.acmpintune.connector.verification;

import org.jspecify.annotations.NullMarked;
