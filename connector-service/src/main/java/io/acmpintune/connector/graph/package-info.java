/**
 * Owns every word spoken with Microsoft Graph: requests by its SDK, pages as streams, batches, and what an error means.
 * It must not know what is stored, when to scan, or why an action is wanted.
 */
@NullMarked
package io.acmpintune.connector.graph;

import org.jspecify.annotations.NullMarked;
