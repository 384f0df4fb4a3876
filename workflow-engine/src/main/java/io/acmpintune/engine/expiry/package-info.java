/**
 * Owns knowing when the credentials of the connectors expire, and telling other systems once at each stage.
 * It must not know what a credential is made of, nor hold anything up.
 */
@NullMarked
package io.acmpintune.engine.expiry;

import org.jspecify.annotations.NullMarked;
