/**
 * Owns the simulator as a whole: its options, its certificates, what it writes for others to find, and its start. It
 * must not know how the products that it puts together behave.
 */
@NullMarked
package io.acmpintune.simulator;

import org.jspecify.annotations.NullMarked;
