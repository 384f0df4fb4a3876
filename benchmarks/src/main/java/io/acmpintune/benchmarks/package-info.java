/**
 * Owns the measurement of the connector's scans, from outside and compared with the Graph SDK. It must not know the
 * connector's classes.
 */
@NullMarked
package io.acmpintune.benchmarks;

import org.jspecify.annotations.NullMarked;
