/**
 * Owns what may be read of clients: lists, filters and details, from what inventory and publication keep.
 * It must not change anything, nor know how devices, ACMP or operators are reached.
 */
@NullMarked
package io.acmpintune.engine.client;

import org.jspecify.annotations.NullMarked;
