/**
 * Owns the pages that guide through setting up a connector and a workflow: fields, checks and the generated files.
 * It must not store what is entered, and must not perform the checks itself.
 */
@NullMarked
package io.acmpintune.engine.console.setup;

import org.jspecify.annotations.NullMarked;
