/**
 * Owns the pages about devices of which a person has to decide which client they are.
 * It must not know how devices are matched, nor decide anything itself.
 */
@NullMarked
package io.acmpintune.engine.console.conflict;

import org.jspecify.annotations.NullMarked;
