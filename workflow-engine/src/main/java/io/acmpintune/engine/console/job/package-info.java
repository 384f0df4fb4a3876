/**
 * Owns the pages about jobs: the list, how one stands, and what became of each device.
 * It must not know how a job is carried out.
 */
@NullMarked
package io.acmpintune.engine.console.job;

import org.jspecify.annotations.NullMarked;
