/**
 * Owns jobs: what an operator started on many clients, one target per client, and how each target fares.
 * It must not know how an operator starts one, nor ACMP's messages.
 */
@NullMarked
package io.acmpintune.engine.job;

import org.jspecify.annotations.NullMarked;
