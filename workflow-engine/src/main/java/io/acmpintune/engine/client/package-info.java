/**
 * Owns reading clients: filters, lists and details, from the tables of inventory and publication.
 * It must not change anything, nor depend on the packages that write these tables.
 */
@NullMarked
package io.acmpintune.engine.client;

import org.jspecify.annotations.NullMarked;
