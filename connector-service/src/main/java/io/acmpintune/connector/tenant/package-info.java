/**
 * Owns the connectors of the configuration: whose Intune each one reads, with which credential, and its access token.
 * It must not know Graph's routes, devices or actions.
 */
@NullMarked
package io.acmpintune.connector.tenant;

import org.jspecify.annotations.NullMarked;
