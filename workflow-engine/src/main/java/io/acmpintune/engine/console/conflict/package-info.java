/**
 * Owns the pages about conflicts: devices for which an operator has to decide which client they are.
 * It must not match devices or store decisions itself.
 */
@NullMarked
package io.acmpintune.engine.console.conflict;

import org.jspecify.annotations.NullMarked;
