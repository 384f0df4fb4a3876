/**
 * Owns the message broker: sessions, virtual routers, targets, publish and consume over REST. It must not know what the
 * messages say, nor who ACMP is.
 */
@NullMarked
package io.acmpintune.simulator.sics;

import org.jspecify.annotations.NullMarked;
