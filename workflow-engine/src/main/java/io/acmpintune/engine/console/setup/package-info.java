/**
 * Owns the pages that lead through setting up a connector and a workflow: what is entered, what is checked, and the files that
 * come of it. It must not keep what is entered, secrets above all, nor carry a check out itself.
 */
@NullMarked
package io.acmpintune.engine.console.setup;

import org.jspecify.annotations.NullMarked;
