package io.acmpintune.model.device;

import org.jspecify.annotations.Nullable;

/**
 * What Graph v1.0 tells of a managed device only when that one is read by itself with {@code $select} (its list says null, ""
 * or 0 whatever the device has), under Graph's names. {@code null} means "Intune has no value".
 *
 * <p>
 * Missing on purpose are the two that are secrets: {@code activationLockBypassCode} opens a locked device,
 * {@code remoteAssistanceSessionUrl} is the way into a running session.
 *
 * @param iccid of the SIM card
 * @param notes what administrators wrote about the device in Intune
 * @param physicalMemoryInBytes bytes
 * @param udid Apple's unique device identifier
 */
public record DeviceDetails(@Nullable String ethernetMacAddress, @Nullable String iccid, @Nullable String notes,
        @Nullable Long physicalMemoryInBytes, @Nullable String udid) {}
