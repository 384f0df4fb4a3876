/**
 * Owns the configured connectors: their tenants, credentials, settings and access tokens.
 * It must not know Graph's routes, devices or actions.
 */
@NullMarked
package io.acmpintune.connector.tenant;

import org.jspecify.annotations.NullMarked;
