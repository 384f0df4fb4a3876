/**
 * Owns the proof that the pages about jobs show what there is.
 * It must not know how a job is carried out.
 */
@NullMarked
package io.acmpintune.engine.console.job;

import org.jspecify.annotations.NullMarked;
