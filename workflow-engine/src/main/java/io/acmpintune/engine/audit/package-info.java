/**
 * Owns the audit: entries that are written with what they tell of, bound into a chain, read, exported and verified.
 * It must not know jobs, devices or how anything is decided.
 */
@NullMarked
package io.acmpintune.engine.audit;

import org.jspecify.annotations.NullMarked;
