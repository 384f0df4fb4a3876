package io.acmpintune.model.device;

import org.jspecify.annotations.Nullable;

/**
 * Properties of a managed device that Graph v1.0 returns only on a single read with {@code $select}, under Graph's
 * names. {@code null} means "Intune has no value".
 *
 * <p>
 * Two are deliberately missing because they are secrets: {@code activationLockBypassCode} unlocks a device, and
 * {@code remoteAssistanceSessionUrl} gives access to a running session.
 *
 * @param iccid of the SIM card
 * @param notes what administrators wrote about the device in Intune
 * @param physicalMemoryInBytes bytes
 * @param udid Apple's unique device identifier
 */
public record DeviceDetails(@Nullable String ethernetMacAddress, @Nullable String iccid, @Nullable String notes,
        @Nullable Long physicalMemoryInBytes, @Nullable String udid) {}
