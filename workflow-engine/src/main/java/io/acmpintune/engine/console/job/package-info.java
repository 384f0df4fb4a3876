/**
 * Owns the pages about jobs: the list, a job, and a device of a job.
 * It must not know how jobs are carried out.
 */
@NullMarked
package io.acmpintune.engine.console.job;

import org.jspecify.annotations.NullMarked;
