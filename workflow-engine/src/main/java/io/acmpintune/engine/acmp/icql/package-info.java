/**
 * Owns ICQL, the language of ACMP's Public API: messages and records, their XML, result codes, schemas and value formats.
 * It must not know how messages travel or what a command is sent for.
 */
@NullMarked
package io.acmpintune.engine.acmp.icql;

import org.jspecify.annotations.NullMarked;
