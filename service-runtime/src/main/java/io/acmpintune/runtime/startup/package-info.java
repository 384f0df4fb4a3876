/**
 * Owns the reporting of invalid configuration, and of a database that cannot be used: one message with what is wrong and the
 * remedy. It must not know any single key of a feature.
 */
@NullMarked
package io.acmpintune.runtime.startup;

import org.jspecify.annotations.NullMarked;
