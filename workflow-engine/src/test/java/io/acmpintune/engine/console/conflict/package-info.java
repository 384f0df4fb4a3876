/**
 * Owns the tests of how a device is compared with the clients that it may be.
 * It must not know other pages.
 */
@NullMarked
package io.acmpintune.engine.console.conflict;

import org.jspecify.annotations.NullMarked;
