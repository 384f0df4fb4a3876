/**
 * Owns a whole installation on one machine, each part a process of its own, and the demonstration that runs on it.
 * It must not know how any part works inside: it uses what their users use.
 */
@NullMarked
package io.acmpintune.simulator.demo;

import org.jspecify.annotations.NullMarked;
