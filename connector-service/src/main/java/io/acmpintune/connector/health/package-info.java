/**
 * Owns what is told of the connectors' condition: health, metrics, and warnings before a credential expires.
 * It must not know how a call is made, nor change anything.
 */
@NullMarked
package io.acmpintune.connector.health;

import org.jspecify.annotations.NullMarked;
