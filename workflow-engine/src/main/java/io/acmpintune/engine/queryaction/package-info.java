/**
 * Owns how operators start actions, over HTTP or SICS: reads requests, reports all wrong fields, and starts jobs.
 * It must not know how jobs are carried out.
 */
@NullMarked
package io.acmpintune.engine.queryaction;

import org.jspecify.annotations.NullMarked;
