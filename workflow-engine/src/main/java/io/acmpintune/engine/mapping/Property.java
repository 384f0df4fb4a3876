package io.acmpintune.engine.mapping;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceDetails;

/**
 * A property that a mapping may name.
 *
 * @param type of its values
 * @param read reads it from the input
 */
record Property(String name, Class<?> type, Function<MappingInput, @Nullable Object> read) {

    static final String CLIENT_ID = "clientId";
    private static final String RECORD_STATE = "recordState";

    /** Returns the property of a name; {@code a.b} is the entry {@code b} of the property {@code a}. */
    static Optional<Property> named(String name) {
        return switch (name) {
            case CLIENT_ID -> Optional.of(new Property(name, UUID.class, MappingInput::clientId));
            case RECORD_STATE -> Optional.of(
                    new Property(name, String.class, input -> input.removed() ? "removed" : "active"));
            default -> ofDevice(name);
        };
    }

    /** Returns all names except those of entries. */
    static List<String> names() {
        return Stream.of(Stream.of(CLIENT_ID, RECORD_STATE),
                Arrays.stream(Device.class.getRecordComponents()).map(RecordComponent::getName),
                Arrays.stream(DeviceDetails.class.getRecordComponents()).map(RecordComponent::getName))
                .flatMap(Function.identity())
                .toList();
    }

    private static Optional<Property> ofDevice(String name) {
        int dot = name.indexOf('.');
        String first = dot < 0 ? name : name.substring(0, dot);
        return Arrays.stream(Device.class.getRecordComponents())
                .filter(component -> component.getName().equals(first))
                .filter(component -> dot < 0 || component.getType() == Map.class)
                .findFirst()
                .map(component -> new Property(name, dot < 0 ? component.getType() : String.class,
                        reader(component, dot < 0 ? null : name.substring(dot + 1))))
                .or(() -> ofDetails(name));
    }

    private static Optional<Property> ofDetails(String name) {
        return Arrays.stream(DeviceDetails.class.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .map(component -> new Property(name, component.getType(), input -> {
                    DeviceDetails details = input.details();
                    return details == null ? null : value(component, details);
                }));
    }

    private static Function<MappingInput, @Nullable Object> reader(RecordComponent component, @Nullable String entry) {
        return input -> {
            Object value = value(component, input.device());
            return entry != null && value instanceof Map<?, ?> map ? map.get(entry) : value;
        };
    }

    private static @Nullable Object value(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("A record's accessor is public and only reads", e);
        }
    }
}
