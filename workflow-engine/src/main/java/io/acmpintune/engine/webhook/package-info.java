/**
 * Owns telling other systems by webhook what happened: deliveries stored with their cause, signed, repeated, given up.
 * It must not know jobs, approvals or caps; it is told.
 */
@NullMarked
package io.acmpintune.engine.webhook;

import org.jspecify.annotations.NullMarked;
