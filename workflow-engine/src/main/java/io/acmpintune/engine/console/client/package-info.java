/**
 * Owns the pages about clients: the list with its search, filters and pages, and all that is known of one.
 * It must not find, judge or change anything itself.
 */
@NullMarked
package io.acmpintune.engine.console.client;

import org.jspecify.annotations.NullMarked;
