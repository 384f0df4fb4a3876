/**
 * Owns the pages about plans: the dry run, runs, what is held back and what ACMP refuses.
 * It must not plan, guard or decide anything itself.
 */
@NullMarked
package io.acmpintune.engine.console.plan;

import org.jspecify.annotations.NullMarked;
