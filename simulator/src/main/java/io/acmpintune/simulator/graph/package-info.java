/**
 * Owns Microsoft Graph's managed devices: the generated tenant, lists, single reads, actions and batches, with Intune's
 * quirks and errors. It must not know ACMP, SICS, or how tokens are issued.
 */
@NullMarked
package io.acmpintune.simulator.graph;

import org.jspecify.annotations.NullMarked;
