/**
 * Owns the pages of the audit: list, entry, export and verification.
 * It must not write entries or know how they are chained.
 */
@NullMarked
package io.acmpintune.engine.console.audit;

import org.jspecify.annotations.NullMarked;
