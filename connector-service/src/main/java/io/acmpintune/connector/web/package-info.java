/**
 * Owns the connector's HTTP API: reads requests, asks the feature, writes answers.
 * It must not know tables or Graph.
 */
@NullMarked
package io.acmpintune.connector.web;

import org.jspecify.annotations.NullMarked;
