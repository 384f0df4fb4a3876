/**
 * Owns the conversation with ACMP: SICS's REST calls, ICQL's messages, and the commands made of both, for one ACMP
 * server at a time. It must not know devices, mappings, lanes or the database: it is given ordered records of text and
 * answers with values.
 */
@NullMarked
package io.acmpintune.engine.acmp;

import org.jspecify.annotations.NullMarked;
