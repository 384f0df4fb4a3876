/**
 * Owns authentication and authorization of a service's API: bearer tokens from the configuration, and rules per route.
 * It must not know what the API does.
 */
@NullMarked
package io.acmpintune.runtime.access;

import org.jspecify.annotations.NullMarked;
