/**
 * Owns which ACMP field gets which property of a device, as a mapping file says.
 * It must not know which client a device is, or how ACMP is told.
 */
@NullMarked
package io.acmpintune.engine.mapping;

import org.jspecify.annotations.NullMarked;
