/**
 * Owns which identities belong to one person, and the names under which identities are shown.
 * It must not know orders, approvals or sessions.
 */
@NullMarked
package io.acmpintune.engine.person;

import org.jspecify.annotations.NullMarked;
