/**
 * Owns jobs: an action that an operator started on many clients, one target per client, and the state of each target.
 * It must not know how requests are read, nor the connector: {@code job.relay} hands targets over.
 */
@NullMarked
package io.acmpintune.engine.job;

import org.jspecify.annotations.NullMarked;
