/**
 * Owns knowing at any moment whether the database answers, without waiting for it.
 * It must not know tables, nor the pool of connections.
 */
@NullMarked
package io.acmpintune.runtime.health;

import org.jspecify.annotations.NullMarked;
