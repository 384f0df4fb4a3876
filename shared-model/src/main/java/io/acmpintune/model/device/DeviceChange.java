package io.acmpintune.model.device;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a connector's change feed: a device as it now is, or that it is gone. A device has at most one entry, its
 * newest, so that a reader who is far behind reads no history.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({@JsonSubTypes.Type(value = DeviceChange.Present.class, name = "present"),
        @JsonSubTypes.Type(value = DeviceChange.Removed.class, name = "removed")})
public sealed interface DeviceChange {

    /** Position in the feed; grows with every change of the connector's devices. */
    long revision();

    DeviceId deviceId();

    /**
     * The device as it now is.
     *
     * @param details what was read of it by itself; null = nothing yet, or nothing that Intune has a value for
     */
    record Present(long revision, Device device, @Nullable DeviceDetails details) implements DeviceChange {

        /** A device without details. */
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
