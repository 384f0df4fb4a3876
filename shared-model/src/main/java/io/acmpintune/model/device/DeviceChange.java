package io.acmpintune.model.device;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a connector's device feed: a device's current state, or its removal. A device has at most one entry, the
 * latest, so that a reader that is far behind need not read history.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({@JsonSubTypes.Type(value = DeviceChange.Present.class, name = "present"),
        @JsonSubTypes.Type(value = DeviceChange.Removed.class, name = "removed")})
public sealed interface DeviceChange {

    /** Position in the feed; grows with every change of the connector's devices. */
    long revision();

    DeviceId deviceId();

    /**
     * The current state of a device.
     *
     * @param details properties from single reads; null = none read yet, or no values
     */
    record Present(long revision, Device device, @Nullable DeviceDetails details) implements DeviceChange {

        /** Creates a change without details. */
        public Present(long revision, Device device) {
            this(revision, device, null);
        }

        @Override
        public DeviceId deviceId() {
            return device.id();
        }
    }

    record Removed(long revision, DeviceId deviceId) implements DeviceChange {}
}
