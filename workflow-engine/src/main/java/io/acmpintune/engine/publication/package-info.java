/**
 * Owns what each ACMP server has acknowledged of the clients, and brings every server up to date.
 * It must not depend on how devices are matched to clients, on the wire formats of SICS and ICQL, or on jobs.
 */
@NullMarked
package io.acmpintune.engine.publication;

import org.jspecify.annotations.NullMarked;
