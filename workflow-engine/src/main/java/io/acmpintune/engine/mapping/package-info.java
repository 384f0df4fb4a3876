/**
 * Owns the mapping of device properties to ACMP fields, as a mapping file defines it.
 * It must not know which client a device is, nor how records are published.
 */
@NullMarked
package io.acmpintune.engine.mapping;

import org.jspecify.annotations.NullMarked;
