/**
 * Owns the way of the inventory: devices from the connector's feed become clients, and each ACMP server is told what it does not
 * know yet.
 * It must not know SICS or ICQL, nor jobs.
 */
@NullMarked
package io.acmpintune.engine.inventory;

import org.jspecify.annotations.NullMarked;
