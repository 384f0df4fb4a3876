package io.acmpintune.engine.matching;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceId;

/**
 * The properties by which a device is recognized.
 *
 * @param tenant the Entra tenant that it belongs to; null = unknown, so nothing is matched by rules
 * @param entraId its device ID in Entra ID
 * @param nameKey name, domain, user, manufacturer, model and operating system; null when one of them is missing
 * @param kindKey user, manufacturer and model; null when one of them is missing
 * @param enrolledAt when this Intune record was enrolled
 * @param lastSync its last check-in with Intune
 */
public record DeviceIdentity(DeviceId device, @Nullable UUID tenant, @Nullable UUID entraId,
        @Nullable SerialNumber serial,
        @Nullable String nameKey, @Nullable String kindKey, @Nullable Instant enrolledAt, @Nullable Instant lastSync) {

    private static final UUID NONE = new UUID(0, 0);

    public static DeviceIdentity of(UUID tenant, Device device) {
        return new DeviceIdentity(device.id(), tenant, entraId(device.azureADDeviceId()),
                SerialNumber.of(device.serialNumber(), device.manufacturer()).orElse(null),
                key(device.deviceName(), domain(device.userPrincipalName()), device.userId(),
                        SerialNumber.maker(device.manufacturer()), device.model(), device.operatingSystem()),
                key(device.userId(), SerialNumber.maker(device.manufacturer()), device.model()),
                device.enrolledDateTime(), device.lastSyncDateTime());
    }

    /** Returns its last check-in; the enrollment if it never checked in. */
    Optional<Instant> lastSeen() {
        return Stream.of(Optional.ofNullable(enrolledAt), Optional.ofNullable(lastSync))
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }

    /** Returns whether this record was enrolled after the other was last seen: then it is the same device, enrolled again. */
    boolean enrolledAfter(DeviceIdentity other) {
        return enrolledAt != null && other.lastSeen().map(enrolledAt::isAfter).orElse(false);
    }

    boolean wasSeenAfter(DeviceIdentity other) {
        return lastSeen().orElse(Instant.MIN).isAfter(other.lastSeen().orElse(Instant.MIN));
    }

    private static @Nullable UUID entraId(@Nullable String text) {
        try {
            UUID id = text == null ? NONE : UUID.fromString(text.strip().toLowerCase(Locale.ROOT));
            return id.equals(NONE) ? null : id;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static @Nullable String domain(@Nullable String userPrincipalName) {
        return userPrincipalName == null
                ? null
                : userPrincipalName.substring(userPrincipalName.lastIndexOf('@') + 1);
    }

    private static @Nullable String key(@Nullable String... parts) {
        List<String> normalized = Stream.of(parts)
                .map(part -> SerialNumber.normalized(part).replace('|', ' '))
                .toList();
        return normalized.contains("") ? null : String.join("|", normalized);
    }
}
