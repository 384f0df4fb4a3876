/**
 * Owns the tests of how outages are noticed and told of.
 * It must not know how deliveries reach their receivers.
 */
@NullMarked
package io.acmpintune.engine.outage;

import org.jspecify.annotations.NullMarked;
