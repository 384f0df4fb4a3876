/**
 * Owns the engine's HTTP API: reads requests, asks the feature, writes answers.
 * It must not know tables, Graph or SICS.
 */
@NullMarked
package io.acmpintune.engine.web;

import org.jspecify.annotations.NullMarked;
