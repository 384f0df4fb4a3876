package io.acmpintune.engine.mapping;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.UUID;

import io.acmpintune.engine.acmp.IcqlRecord;
import io.acmpintune.model.device.Device;

/** A mapping as its file says it. Pure: the same device gives the same records. */
public final class Mapping {

    private final String digest;
    private final SequencedMap<String, FieldRule> client;
    private final SequencedMap<String, FieldRule> mobileDevice;

    Mapping(String digest, SequencedMap<String, FieldRule> client, SequencedMap<String, FieldRule> mobileDevice) {
        this.digest = digest;
        this.client = client;
        this.mobileDevice = mobileDevice;
    }

    /** Tells one mapping from another: clients made by another mapping have to be made again. */
    public String digest() {
        return digest;
    }

    /**
     * What ACMP should know of a device that is this client.
     *
     * @param removed whether the device has left Intune
     */
    public MappedClient map(Device device, UUID clientId, boolean removed) {
        Subject subject = new Subject(device, clientId, removed);
        return new MappedClient(record(client, subject), record(mobileDevice, subject));
    }

    private static IcqlRecord record(SequencedMap<String, FieldRule> rules, Subject subject) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        rules.forEach((field, rule) -> fields.put(field, rule.text(subject)));
        return new IcqlRecord(fields);
    }
}
