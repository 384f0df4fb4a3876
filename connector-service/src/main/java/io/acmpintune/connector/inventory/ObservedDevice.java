package io.acmpintune.connector.inventory;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceId;

/** A device as read in this scan, ready to be compared and stored; {@code body} is its JSON. */
record ObservedDevice(Device device, String body, Fingerprint fingerprint) {

    /** Writes bodies such that equal devices have equal bodies, in whatever order Graph lists attested attributes. */
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
     * With what the details of a device change: another enrolment or hardware, another system, another SIM card, another name
     * (notes are edited along with it). What moves at each check-in, such as the last check-in itself, free storage or
     * compliance, is left out: else every check-in would cost a read.
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
