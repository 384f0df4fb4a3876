/**
 * Owns the start of connector-service and how its features are put together.
 * It must not know what a feature decides.
 */
@NullMarked
package io.acmpintune.connector;

import org.jspecify.annotations.NullMarked;
