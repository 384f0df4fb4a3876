/**
 * Owns the reported health of connectors: the health component, metrics, and warnings before a credential expires.
 * It must not know how calls are made, nor change anything.
 */
@NullMarked
package io.acmpintune.connector.health;

import org.jspecify.annotations.NullMarked;
