/**
 * Owns the tests of the whole: both jars as processes, with a real PostgreSQL, against the simulator.
 * It must not know any class of a service.
 */
@NullMarked
package io.acmpintune.system;

import org.jspecify.annotations.NullMarked;
