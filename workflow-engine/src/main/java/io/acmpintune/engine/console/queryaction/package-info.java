/**
 * Owns the pages on which a query action is filled in, seen beforehand and started, or taken up again.
 * It must not judge what is filled in or who is reached: the query actions do.
 */
@NullMarked
package io.acmpintune.engine.console.queryaction;

import org.jspecify.annotations.NullMarked;
