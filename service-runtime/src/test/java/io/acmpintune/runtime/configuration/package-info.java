/**
 * Compares configuration classes with the documentation of their keys. Knows no service's properties.
 */
@NullMarked
package io.acmpintune.runtime.configuration;

import org.jspecify.annotations.NullMarked;
