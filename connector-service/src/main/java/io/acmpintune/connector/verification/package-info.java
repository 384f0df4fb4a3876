/**
 * Owns the verification of a connection: its checks, their results and remedies.
 * It must not know what is stored, scanned or sent.
 */
@NullMarked
package io.acmpintune.connector.verification;

import org.jspecify.annotations.NullMarked;
