/**
 * Owns what a device action is to both services: the command, its states, its outcome and the feed of their changes.
 * It must not know jobs, operators' rights, or how Graph is asked.
 */
@NullMarked
package io.acmpintune.model.action;

import org.jspecify.annotations.NullMarked;
