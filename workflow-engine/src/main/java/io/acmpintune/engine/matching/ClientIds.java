package io.acmpintune.engine.matching;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

import io.acmpintune.model.device.DeviceId;

/** Derives the ClientIds of new clients, so that creating a client twice has no effect. */
public final class ClientIds {

    private ClientIds() {}

    /** Returns the client of a device: the name-based UUID (RFC 9562, version 5) of its ID in the tenant's namespace. */
    public static UUID derive(UUID tenantId, DeviceId device) {
        return derive(tenantId, device.value());
    }

    /**
     * Returns another client of a device whose first client belongs to another device. Device IDs have no {@code #}.
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
