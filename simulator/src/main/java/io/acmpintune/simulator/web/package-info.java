/**
 * Owns HTTP: the two listeners, routing, requests and answers, JSON, and the faults a test can order. It must not know
 * any of the products that are simulated on top of it.
 */
@NullMarked
package io.acmpintune.simulator.web;

import org.jspecify.annotations.NullMarked;
