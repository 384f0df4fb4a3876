/**
 * Owns the contract for device actions: the command, its states, its outcome and the feed of changes. It must not know
 * jobs, roles, or Graph's requests.
 */
@NullMarked
package io.acmpintune.model.action;

import org.jspecify.annotations.NullMarked;
