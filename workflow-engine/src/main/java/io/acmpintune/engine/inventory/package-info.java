/**
 * Owns the import of devices: devices from the connector's feed become clients, each with the records that ACMP should have.
 * It must not depend on ACMP servers, publishing or jobs.
 */
@NullMarked
package io.acmpintune.engine.inventory;

import org.jspecify.annotations.NullMarked;
