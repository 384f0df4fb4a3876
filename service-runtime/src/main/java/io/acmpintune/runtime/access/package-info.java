/**
 * Owns who may call a service's API: bearer tokens from the configuration.
 * It must not know what the API does.
 */
@NullMarked
package io.acmpintune.runtime.access;

import org.jspecify.annotations.NullMarked;
