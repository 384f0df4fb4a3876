/**
 * Owns the reporting of invalid configuration: one message with each key, what is wrong with it and the remedy. It must
 * not know any single key.
 */
@NullMarked
package io.acmpintune.runtime.startup;

import org.jspecify.annotations.NullMarked;
