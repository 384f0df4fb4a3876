/**
 * Owns a whole installation on one machine, each part in its own process, and the end-to-end demo.
 * It must not know the insides of any part: it uses the same interfaces as their users.
 */
@NullMarked
package io.acmpintune.simulator.demo;

import org.jspecify.annotations.NullMarked;
