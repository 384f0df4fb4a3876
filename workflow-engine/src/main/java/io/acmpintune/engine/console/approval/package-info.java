/**
 * Owns the pages of approvals and locks, which need a second person.
 * It must not decide who that person may be.
 */
@NullMarked
package io.acmpintune.engine.console.approval;

import org.jspecify.annotations.NullMarked;
