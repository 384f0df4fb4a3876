/**
 * Owns the audit: entries in a hash chain, written in the transaction of the change they record, listed, exported and verified.
 * It must not know jobs, devices or decisions.
 */
@NullMarked
package io.acmpintune.engine.audit;

import org.jspecify.annotations.NullMarked;
