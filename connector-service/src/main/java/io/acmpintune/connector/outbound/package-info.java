/**
 * Owns the way out to Microsoft: through which proxy, trusting whom, and whether a request left at all.
 * It must not know what is asked of whom.
 */
@NullMarked
package io.acmpintune.connector.outbound;

import org.jspecify.annotations.NullMarked;
