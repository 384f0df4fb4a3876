/**
 * Owns what a managed device is to both services: the record as Intune's list shows it, and the feed of its changes.
 * It must not know Graph's transport, ACMP's fields, or where a device is stored.
 */
@NullMarked
package io.acmpintune.model.device;

import org.jspecify.annotations.NullMarked;
