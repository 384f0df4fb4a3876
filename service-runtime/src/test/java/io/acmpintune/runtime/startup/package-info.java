/**
 * Owns the tests of how wrong configuration is reported. They must not know any real key.
 */
@NullMarked
package io.acmpintune.runtime.startup;

import org.jspecify.annotations.NullMarked;
