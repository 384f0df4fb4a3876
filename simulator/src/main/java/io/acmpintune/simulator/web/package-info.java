/**
 * Owns HTTP: the two listeners, routing, requests and responses, JSON, and injected faults. It must not know any of the
 * products that are simulated on top of it.
 */
@NullMarked
package io.acmpintune.simulator.web;

import org.jspecify.annotations.NullMarked;
