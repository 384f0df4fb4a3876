/**
 * Owns the connector's HTTP API: requests, responses and access rules.
 * It must not know tables or Graph.
 */
@NullMarked
package io.acmpintune.connector.web;

import org.jspecify.annotations.NullMarked;
