/**
 * Owns which ACMP client a device is.
 * It must not know how either is read, written or shown.
 */
@NullMarked
package io.acmpintune.engine.matching;

import org.jspecify.annotations.NullMarked;
