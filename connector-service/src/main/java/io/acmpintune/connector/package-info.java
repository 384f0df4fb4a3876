/**
 * Owns the start of connector-service.
 * It must not know what its features do.
 */
@NullMarked
package io.acmpintune.connector;

import org.jspecify.annotations.NullMarked;
