/**
 * Owns the pages about clients: the list with its search and filters, and the details of a client.
 * It must not query or change anything itself.
 */
@NullMarked
package io.acmpintune.engine.console.client;

import org.jspecify.annotations.NullMarked;
