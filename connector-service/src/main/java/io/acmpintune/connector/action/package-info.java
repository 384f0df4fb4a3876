/**
 * Owns device actions from order to outcome: their states, sending each at most once, and following its progress.
 * It must not know Graph's routes, jobs or operators' rights.
 */
@NullMarked
package io.acmpintune.connector.action;

import org.jspecify.annotations.NullMarked;
