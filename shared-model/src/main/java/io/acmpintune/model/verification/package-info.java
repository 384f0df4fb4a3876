/**
 * Owns what a verified connection is told in: the report with its steps, and a connector that is not saved yet.
 * It must not know how a step is carried out.
 */
@NullMarked
package io.acmpintune.model.verification;

import org.jspecify.annotations.NullMarked;
