/**
 * Owns the console: its routes and pages, and how they show texts, times and problems to people.
 * It must not make decisions, which belong to the features; no other package may depend on it.
 */
@NullMarked
package io.acmpintune.engine.console;

import org.jspecify.annotations.NullMarked;
