/**
 * Owns what is known of Intune's devices: scans, the stored devices, and the feed of their changes.
 * It must not know how Graph is asked, nor what ACMP makes of a device.
 */
@NullMarked
package io.acmpintune.connector.inventory;

import org.jspecify.annotations.NullMarked;
