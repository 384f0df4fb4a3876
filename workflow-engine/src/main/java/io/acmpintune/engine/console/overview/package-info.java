/**
 * Owns the first page: status of workflows, connectors and ACMP servers, what needs attention, and charts of the devices.
 * It must not change anything.
 */
@NullMarked
package io.acmpintune.engine.console.overview;

import org.jspecify.annotations.NullMarked;
