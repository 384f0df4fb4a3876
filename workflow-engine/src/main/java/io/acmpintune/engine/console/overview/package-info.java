/**
 * Owns the first page: how workflows, connectors and ACMP servers fare, what needs attention, and which devices there are.
 * It must not change anything.
 */
@NullMarked
package io.acmpintune.engine.console.overview;

import org.jspecify.annotations.NullMarked;
