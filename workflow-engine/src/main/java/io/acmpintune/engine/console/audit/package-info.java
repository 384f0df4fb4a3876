/**
 * Owns the pages of the audit: its entries with filters, one of them, its export, and the verification of its chain.
 * It must not write entries itself, nor know how they are chained.
 */
@NullMarked
package io.acmpintune.engine.console.audit;

import org.jspecify.annotations.NullMarked;
