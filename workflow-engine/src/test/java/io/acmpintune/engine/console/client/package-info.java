/**
 * Owns the proof of the addresses and pages of clients.
 * It must not know how pages look.
 */
@NullMarked
package io.acmpintune.engine.console.client;

import org.jspecify.annotations.NullMarked;
