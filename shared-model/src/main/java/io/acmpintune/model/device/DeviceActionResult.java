package io.acmpintune.model.device;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of an action on a device as Intune reports it, from Graph's {@code deviceActionResults} and its derived
 * types. The unlock PIN, passcode and location of those types are left out: they are secrets or personal data.
 *
 * @param actionName Graph's name of the action, such as {@code syncDevice}
 * @param scanType of a Windows Defender scan
 * @param errorCode of a passcode reset or a BitLocker key rotation; 0 = no error
 */
public record DeviceActionResult(@Nullable String actionName, @Nullable ActionResultState actionState,
        @Nullable Instant startDateTime, @Nullable Instant lastUpdatedDateTime, @Nullable String scanType,
        @Nullable Long errorCode) {}
