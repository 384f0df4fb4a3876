package io.acmpintune.engine.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceDetails;

/**
 * A client with its device.
 *
 * @param removedAt when its device was reported to have left Intune; null = it is in Intune
 * @param desired the records that ACMP should have
 * @param device null = no device is the client
 * @param servers the state of the client in each ACMP server
 * @param history the devices that the client was, the newest first
 */
public record ClientDetails(UUID clientId, @Nullable String name, @Nullable String clientType, Instant createdAt,
        Instant changedAt, @Nullable Instant removedAt, Fields desired, @Nullable LinkedDevice device,
        List<ServerState> servers, List<LinkPeriod> history) {

    public ClientDetails {
        servers = List.copyOf(servers);
        history = List.copyOf(history);
    }

    /** The fields of ACMP's records by name, in their order. */
    public record Fields(Map<String, String> client, Map<String, String> mobileDevice) {}

    /**
     * The device that is the client, and why. Nothing of it is hidden yet.
     *
     * @param details what the connector read of the device individually; null = nothing
     * @param rule the rule that linked it; null = the client was created for it
     */
    public record LinkedDevice(String id, Device properties, @Nullable DeviceDetails details, @Nullable String rule,
            String explanation, Instant since) {}

    /**
     * What an ACMP server has of the client.
     *
     * @param acmpClientId the ID under which the server has it; null = the server is not known to have it
     * @param complete whether it has the current records
     * @param linked whether the server had the client before us
     * @param acknowledged the fields that the server last accepted from us; null = none
     * @param explanation why the server's record is not this client; null = it is
     * @param parked why the server refused the current records; null = it did not
     */
    public record ServerState(String server, @Nullable UUID acmpClientId, boolean complete, boolean linked,
            @Nullable Instant acknowledgedAt, @Nullable Instant lookedUpAt, @Nullable Fields acknowledged,
            @Nullable String explanation, @Nullable String parked, @Nullable Instant deletedAt) {}

    /**
     * A period in which a device was the client.
     *
     * @param until null = it still is
     */
    public record LinkPeriod(String device, Instant since, @Nullable Instant until, @Nullable String rule,
            String explanation) {}
}
