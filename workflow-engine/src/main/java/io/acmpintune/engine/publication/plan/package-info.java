/**
 * Owns the decision what is to be done in an ACMP server: states of clients go in, a plan that guards have checked comes out.
 * It must not know databases, Spring, ACMP or the time: whatever it needs is passed in.
 */
@NullMarked
package io.acmpintune.engine.publication.plan;

import org.jspecify.annotations.NullMarked;
