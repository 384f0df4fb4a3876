/**
 * Owns the real PostgreSQL of every module's tests.
 * It must not know any table.
 */
@NullMarked
package io.acmpintune.runtime.database;

import org.jspecify.annotations.NullMarked;
