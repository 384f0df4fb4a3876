/**
 * Owns who calls a service's API and what the caller's roles allow: bearer tokens from the configuration, rules per route.
 * It must not know what the API does.
 */
@NullMarked
package io.acmpintune.runtime.access;

import org.jspecify.annotations.NullMarked;
