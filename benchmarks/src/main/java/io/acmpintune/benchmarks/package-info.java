/**
 * Owns how fast the connector reads a tenant, measured from outside and beside the Graph SDK's own way.
 * It must not know the connector's classes.
 */
@NullMarked
package io.acmpintune.benchmarks;

import org.jspecify.annotations.NullMarked;
