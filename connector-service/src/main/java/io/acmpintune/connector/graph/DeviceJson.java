package io.acmpintune.connector.graph;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.model.device.Device;

/**
 * Makes a {@link Device} of a row of Graph's list. Graph has many words for "no value", which tenants show side by side: null,
 * "", the GUID of zeros, the dates 0001-01-01 and 9999-12-31. All become null here, once.
 */
final class DeviceJson {

    private static final String NO_GUID = "00000000-0000-0000-0000-000000000000";
    private static final Instant AFTER_NO_DATE = Instant.parse("1601-01-02T00:00:00Z");
    private static final Instant BEFORE_NEVER = Instant.parse("9999-12-30T00:00:00Z");

    private final ObjectReader devices;

    DeviceJson(JsonMapper json) {
        SimpleModule dates = new SimpleModule("graph-dates").addDeserializer(Instant.class, new Moment());
        this.devices = json.rebuild().addModule(dates).build().readerFor(Device.class);
    }

    /** The columns to ask for: those that a device has. */
    static String[] columns() {
        return Arrays.stream(Device.class.getRecordComponents()).map(RecordComponent::getName).toArray(String[]::new);
    }

    DeviceRow read(JsonNode row) {
        JsonNode present = withoutAbsences(row);
        String id = present.path("id").asString("");
        if (id.isEmpty()) {
            return new DeviceRow.Malformed(null, "id is missing", row.toString());
        }
        try {
            return new DeviceRow.Observed(devices.readValue(present));
        } catch (JacksonException e) {
            return new DeviceRow.Malformed(id, reason(e), row.toString());
        }
    }

    /**
     * Reads a device of any answer, also one with a few of its properties only.
     *
     * @throws JacksonException when it is no device
     */
    Device device(JsonNode answer) {
        return devices.readValue(withoutAbsences(answer));
    }

    private static JsonNode withoutAbsences(JsonNode row) {
        JsonNode present = row.deepCopy();
        prune(present);
        return present;
    }

    private static void prune(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.removeIf(DeviceJson::isAbsence);
        }
        node.forEach(DeviceJson::prune);
    }

    private static boolean isAbsence(JsonNode value) {
        return value.isNull()
                || (value.isString() && (value.asString().isBlank() || value.asString().equals(NO_GUID)));
    }

    private static String reason(JacksonException e) {
        String property = e.getPath().isEmpty() ? "the row" : e.getPath().getLast().getPropertyName();
        Throwable cause = e.getCause();
        return property + ": "
                + (cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage());
    }

    private static final class Moment extends StdDeserializer<Instant> {

        Moment() {
            super(Instant.class);
        }

        @Override
        public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
            Instant moment = InstantDeserializer.INSTANT.deserialize(parser, context);
            return moment == null || moment.isBefore(AFTER_NO_DATE) || !moment.isBefore(BEFORE_NEVER) ? null : moment;
        }
    }
}
