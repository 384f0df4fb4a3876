/**
 * Owns the workflows of the configuration: which connector each one reads, which ACMP servers it serves, with which mapping.
 * It must not know devices, clients or jobs.
 */
@NullMarked
package io.acmpintune.engine.workflow;

import org.jspecify.annotations.NullMarked;
