/**
 * Owns the simulator as a whole: its options, certificates, files, control API and start. It must not know how the
 * simulated products behave.
 */
@NullMarked
package io.acmpintune.simulator;

import org.jspecify.annotations.NullMarked;
