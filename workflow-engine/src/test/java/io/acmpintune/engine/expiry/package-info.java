/**
 * Tests what is told of credentials that expire, and how often.
 * They must not know how a connector finds it out.
 */
@NullMarked
package io.acmpintune.engine.expiry;

import org.jspecify.annotations.NullMarked;
