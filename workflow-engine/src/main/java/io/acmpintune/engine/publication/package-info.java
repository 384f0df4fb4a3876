/**
 * Owns what each ACMP server knows of the clients, and how it is told what it does not know yet.
 * It must not know how a device became a client, SICS or ICQL's text, nor jobs.
 */
@NullMarked
package io.acmpintune.engine.publication;

import org.jspecify.annotations.NullMarked;
