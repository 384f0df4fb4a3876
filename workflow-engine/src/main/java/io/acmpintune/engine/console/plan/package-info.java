/**
 * Owns the pages about publishing: dry run, runs, holds and parked clients.
 * It must not compute plans or make decisions itself.
 */
@NullMarked
package io.acmpintune.engine.console.plan;

import org.jspecify.annotations.NullMarked;
