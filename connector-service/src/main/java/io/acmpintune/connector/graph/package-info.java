/**
 * Owns the communication with Microsoft Graph: requests, device list pages, batches, error responses and the circuit breaker.
 * It must not know what is stored, when to scan, or why an action is requested.
 */
@NullMarked
package io.acmpintune.connector.graph;

import org.jspecify.annotations.NullMarked;
