/**
 * Owns the tests of how the list of audit entries reads its address.
 * It must not know other pages.
 */
@NullMarked
package io.acmpintune.engine.console.audit;

import org.jspecify.annotations.NullMarked;
