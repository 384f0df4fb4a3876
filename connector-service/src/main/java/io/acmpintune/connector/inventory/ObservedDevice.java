package io.acmpintune.connector.inventory;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceId;

/** A device as read in this scan; {@code body} is its JSON to store. */
record ObservedDevice(Device device, String body, Fingerprint fingerprint) {

    /** Returns a writer that gives equal devices equal bodies, whatever the order of Graph's properties. */
    static ObjectWriter bodies(JsonMapper json) {
        return json.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    }

    static ObservedDevice of(Device device, ObjectWriter bodies) {
        String body = bodies.writeValueAsString(device);
        return new ObservedDevice(device, body, Fingerprint.of(body));
    }

    DeviceId id() {
        return device.id();
    }

    /**
     * Returns a digest of the properties that suggest changed details: enrolment, hardware, system, SIM card and name (notes are often
     * edited along with it). Properties that change with each check-in are excluded, because each change costs a read.
     */
    Fingerprint detailsBasis() {
        return Fingerprint.of(Stream
                .of(device.enrolledDateTime(), device.serialNumber(), device.imei(), device.meid(), device.model(),
                        device.totalStorageSpaceInBytes(), device.operatingSystem(), device.osVersion(),
                        device.phoneNumber(), device.subscriberCarrier(), device.deviceName(),
                        device.managedDeviceName())
                .map(value -> value == null ? "" : value.toString())
                .collect(Collectors.joining("\n")));
    }
}
