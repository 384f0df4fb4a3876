/**
 * Owns the pages on which a query action is filled in, previewed, started and retried.
 * It must not check input or eligibility: that is left to {@code queryaction}.
 */
@NullMarked
package io.acmpintune.engine.console.queryaction;

import org.jspecify.annotations.NullMarked;
