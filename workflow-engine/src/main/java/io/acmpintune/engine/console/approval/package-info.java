/**
 * Owns the pages about what waits for a second person: wipes and retirements to be approved, locks to be released.
 * It must not decide who that person can be.
 */
@NullMarked
package io.acmpintune.engine.console.approval;

import org.jspecify.annotations.NullMarked;
