/**
 * Owns the form in which both services say what went wrong (RFC 9457).
 * It must not know HTTP servers, exceptions, or any single problem.
 */
@NullMarked
package io.acmpintune.model.problem;

import org.jspecify.annotations.NullMarked;
