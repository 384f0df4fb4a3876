/**
 * Owns the token endpoint of Entra ID: one tenant with one registered application, whose secrets and signed assertions
 * are verified, and the tokens it issues. It must not know what the tokens are used for.
 */
@NullMarked
package io.acmpintune.simulator.entra;

import org.jspecify.annotations.NullMarked;
