/**
 * Owns noticing that a workflow's connector or ACMP server has not answered for some time, and telling other systems once.
 * It must not know how they are spoken to, nor hold anything up.
 */
@NullMarked
package io.acmpintune.engine.outage;

import org.jspecify.annotations.NullMarked;
