/**
 * Owns how wrong configuration is found and reported: one message that names each key, what is wrong with it and the remedy.
 * It must not know any single key.
 */
@NullMarked
package io.acmpintune.runtime.startup;

import org.jspecify.annotations.NullMarked;
