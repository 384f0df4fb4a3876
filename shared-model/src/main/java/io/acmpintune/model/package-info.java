/**
 * Owns the contract between connector-service and workflow-engine: the connector's HTTP interface and its status.
 * It must not know either service.
 */
@NullMarked
package io.acmpintune.model;

import org.jspecify.annotations.NullMarked;
