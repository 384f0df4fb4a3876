/**
 * Owns the commands of ACMP's Public API and the channel to each ACMP server, made of ICQL messages and SICS calls. It must
 * not know devices, mappings, lanes or the database: it takes ordered records of text and returns values.
 */
@NullMarked
package io.acmpintune.engine.acmp;

import org.jspecify.annotations.NullMarked;
