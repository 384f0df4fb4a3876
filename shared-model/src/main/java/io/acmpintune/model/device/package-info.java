/**
 * Owns the contract for managed devices: the record as Intune lists it, and the feed of changes. It must not know
 * Graph's transport, ACMP's fields, or where devices are stored.
 */
@NullMarked
package io.acmpintune.model.device;

import org.jspecify.annotations.NullMarked;
