/**
 * Owns alerts about what a workflow depends on: connections that stay broken and credentials that expire. It must not know
 * how a connector or ACMP server is called, nor hold anything up.
 */
@NullMarked
package io.acmpintune.engine.alert;

import org.jspecify.annotations.NullMarked;
