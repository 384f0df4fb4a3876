/**
 * Owns how every error of a service's API leaves it: as problem details (RFC 9457) with what to do.
 * It must not know what the service does.
 */
@NullMarked
package io.acmpintune.runtime.problem;

import org.jspecify.annotations.NullMarked;
