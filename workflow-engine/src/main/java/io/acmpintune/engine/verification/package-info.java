/**
 * Owns the verification of the way to SICS and ACMP: which checks there are, what their findings mean, and what to do.
 * It must not know what is mapped, stored or saved.
 */
@NullMarked
package io.acmpintune.engine.verification;

import org.jspecify.annotations.NullMarked;
