package io.acmpintune.engine.matching;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

import io.acmpintune.model.device.DeviceId;

/** The ClientIds that we give: derived, so that creating a client twice creates it once. */
public final class ClientIds {

    private ClientIds() {}

    /** The client of a device: the name-based UUID (RFC 9562, version 5) of the device's id in the tenant's namespace. */
    public static UUID derive(UUID tenantId, DeviceId device) {
        return derive(tenantId, device.value());
    }

    /**
     * Another client of a device, for one whose first client has become another device's; no device id has a {@code #}.
     *
     * @param number 0 for the first
     */
    static UUID derive(UUID tenantId, DeviceId device, int number) {
        return number == 0 ? derive(tenantId, device) : derive(tenantId, device.value() + "#" + number);
    }

    private static UUID derive(UUID tenantId, String name) {
        MessageDigest sha1 = sha1();
        sha1.update(ByteBuffer.allocate(16)
                .putLong(tenantId.getMostSignificantBits())
                .putLong(tenantId.getLeastSignificantBits())
                .array());
        ByteBuffer digest = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
        long most = (digest.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
        long least = (digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
