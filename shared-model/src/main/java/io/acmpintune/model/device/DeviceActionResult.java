package io.acmpintune.model.device;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What Intune says became of one action on a device, from Graph's {@code deviceActionResults} and its derived types.
 * The unlock PIN, the passcode and the location of those types are secrets or personal data and have no place here.
 *
 * @param actionName Graph's name of the action, such as {@code syncDevice}
 * @param scanType of a Windows Defender scan
 * @param errorCode of a passcode reset or a BitLocker key rotation; 0 = no error
 */
public record DeviceActionResult(@Nullable String actionName, @Nullable ActionResultState actionState,
        @Nullable Instant startDateTime, @Nullable Instant lastUpdatedDateTime, @Nullable String scanType,
        @Nullable Long errorCode) {}
