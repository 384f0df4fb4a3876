/**
 * Owns the stored devices of Intune: scans, device details, removals, quarantine, and the feed of changes.
 * It must not know Graph's requests, or what ACMP does with a device.
 */
@NullMarked
package io.acmpintune.connector.inventory;

import org.jspecify.annotations.NullMarked;
