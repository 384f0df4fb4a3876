/**
 * Owns the tests of how secrets are kept.
 * It must not know the services.
 */
@NullMarked
package io.acmpintune.runtime.secret;

import org.jspecify.annotations.NullMarked;
