/**
 * Reads the tables of documentation pages, so that tests can compare them with the code.
 * It must not know any service's routes or properties.
 */
@NullMarked
package io.acmpintune.runtime.documentation;

import org.jspecify.annotations.NullMarked;
