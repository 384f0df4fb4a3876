/**
 * Owns the message broker: sessions, virtual routers, targets, publish and consume over REST. It must not know the
 * contents of messages, nor ACMP.
 */
@NullMarked
package io.acmpintune.simulator.sics;

import org.jspecify.annotations.NullMarked;
