/**
 * Owns device actions from order to outcome: their states, sending them at most once, and following what became of them.
 * It must not know Graph's routes, nor jobs and operators' rights.
 */
@NullMarked
package io.acmpintune.connector.action;

import org.jspecify.annotations.NullMarked;
