/**
 * Owns how much one caller may ask of a service: requests per second, requests that are held open, and the size of bodies.
 * It must not know what the service does.
 */
@NullMarked
package io.acmpintune.runtime.limit;

import org.jspecify.annotations.NullMarked;
