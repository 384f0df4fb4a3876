/**
 * Owns the contract for verifying connections: the report with its steps, and an unsaved connector. It must not know
 * how a check is carried out.
 */
@NullMarked
package io.acmpintune.model.verification;

import org.jspecify.annotations.NullMarked;
