/**
 * Owns the start of workflow-engine and how its features are put together.
 * It must not know what a feature decides.
 */
@NullMarked
package io.acmpintune.engine;

import org.jspecify.annotations.NullMarked;
