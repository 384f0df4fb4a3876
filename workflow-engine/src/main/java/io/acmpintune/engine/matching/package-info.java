/**
 * Owns which ACMP client a device is.
 * It must not depend on how either is read, stored or shown.
 */
@NullMarked
package io.acmpintune.engine.matching;

import org.jspecify.annotations.NullMarked;
