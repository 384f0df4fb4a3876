/**
 * Owns the engine's HTTP API: routes, requests and responses.
 * It must not know tables, Graph or SICS.
 */
@NullMarked
package io.acmpintune.engine.web;

import org.jspecify.annotations.NullMarked;
