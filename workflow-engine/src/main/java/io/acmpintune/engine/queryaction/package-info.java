/**
 * Owns how an operator starts an action, over HTTP or over SICS: reads the request, names everything that is wrong with it, and
 * makes the job.
 * It must not know how a job is carried out.
 */
@NullMarked
package io.acmpintune.engine.queryaction;

import org.jspecify.annotations.NullMarked;
