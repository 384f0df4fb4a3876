/**
 * Owns the ACMP server behind the broker: it reads ICQL commands, refuses wrong ones, keeps clients and mobile devices,
 * and replies. It must not know Intune, nor HTTP.
 */
@NullMarked
package io.acmpintune.simulator.acmp;

import org.jspecify.annotations.NullMarked;
