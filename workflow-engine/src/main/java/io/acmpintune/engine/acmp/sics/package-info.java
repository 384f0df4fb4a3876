/**
 * Owns the REST interface of SICS: sessions, transport, dialect, reply targets and connection problems. It must not know
 * what the messages that it carries mean.
 */
@NullMarked
package io.acmpintune.engine.acmp.sics;

import org.jspecify.annotations.NullMarked;
