package io.acmpintune.model.device;

import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Intune's id of a managed device. Graph uses a GUID but promises only an opaque text, so it is not parsed. Its
 * characters are limited because it becomes a path segment and part of keys.
 */
public record DeviceId(@JsonValue String value) implements Comparable<DeviceId> {

    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._~-]{1,128}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DeviceId {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "not a device id: expected 1 to 128 letters, digits, '.', '_', '~' or '-'");
        }
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
