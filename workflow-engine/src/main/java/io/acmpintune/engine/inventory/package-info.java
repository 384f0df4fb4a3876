/**
 * Owns the way of the inventory: devices from the connector's feed become clients, and what ACMP should know of each.
 * It must not know which ACMP servers there are or how they are told, nor jobs.
 */
@NullMarked
package io.acmpintune.engine.inventory;

import org.jspecify.annotations.NullMarked;
