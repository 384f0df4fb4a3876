package io.acmpintune.connector.graph;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

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
import io.acmpintune.model.device.DeviceDetails;

/**
 * Parses rows of Graph's device list. Graph represents "no value" as null, "", the all-zero GUID, or the dates 0001-01-01 and
 * 9999-12-31; all become null here.
 */
final class DeviceJson {

    private static final String NO_GUID = "00000000-0000-0000-0000-000000000000";
    /** Properties that unlock or locate a device; never stored. */
    private static final Set<String> SECRETS = Set.of("unlockPin", "passcode", "deviceLocation",
            "activationLockBypassCode", "remoteAssistanceSessionUrl");
    private static final Instant AFTER_NO_DATE = Instant.parse("1601-01-02T00:00:00Z");
    private static final Instant BEFORE_NEVER = Instant.parse("9999-12-30T00:00:00Z");

    private final ObjectReader devices;
    private final ObjectReader details;

    DeviceJson(JsonMapper json) {
        SimpleModule dates = new SimpleModule("graph-dates").addDeserializer(Instant.class, new GraphInstant());
        this.devices = json.rebuild().addModule(dates).build().readerFor(Device.class);
        this.details = json.readerFor(DeviceDetails.class);
    }

    /** Returns the columns to select: the properties of {@link Device}. */
    static String[] columns() {
        return Arrays.stream(Device.class.getRecordComponents()).map(RecordComponent::getName).toArray(String[]::new);
    }

    /** Returns the columns that Graph fills only for single reads, without secrets. */
    static String[] detailColumns() {
        return Arrays.stream(DeviceDetails.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toArray(String[]::new);
    }

    /** Parses a row of a list; modifies the row. */
    DeviceRow read(JsonNode row) {
        List<Absence> absences = prune(row);
        String id = row.path("id").asString("");
        if (id.isEmpty()) {
            return new DeviceRow.Malformed(null, "id is missing", restored(row, absences));
        }
        try {
            return new DeviceRow.Parsed(devices.readValue(row));
        } catch (JacksonException e) {
            return new DeviceRow.Malformed(id, reason(e), restored(row, absences));
        }
    }

    /**
     * Parses a device, possibly with only some of its properties.
     *
     * @throws JacksonException when it is not a device
     */
    Device device(JsonNode answer) {
        return devices.readValue(withoutAbsences(answer));
    }

    /**
     * Parses the properties that only single reads return. Graph reports unknown memory as 0 bytes.
     *
     * @throws JacksonException when it is not a device
     */
    DeviceDetails details(JsonNode answer) {
        DeviceDetails read = details.readValue(withoutAbsences(answer));
        Long memory = read.physicalMemoryInBytes();
        return memory == null || memory > 0
                ? read
                : new DeviceDetails(read.ethernetMacAddress(), read.iccid(), read.notes(), null, read.udid());
    }

    private static JsonNode withoutAbsences(JsonNode row) {
        JsonNode present = row.deepCopy();
        prune(present);
        return present;
    }

    /** A removed "no value". Restored in the few malformed rows, which avoids copying every row. */
    private record Absence(ObjectNode in, String property, JsonNode value) {}

    private static List<Absence> prune(JsonNode node) {
        List<Absence> absences = new ArrayList<>();
        prune(node, absences);
        absences.forEach(absence -> absence.in().remove(absence.property()));
        return absences;
    }

    private static void prune(JsonNode node, List<Absence> absences) {
        if (node instanceof ObjectNode object) {
            object.forEachEntry((property, value) -> {
                if (isAbsence(value)) {
                    absences.add(new Absence(object, property, value));
                } else if (value.isContainer()) {
                    prune(value, absences);
                }
            });
        } else {
            node.forEach(element -> prune(element, absences));
        }
    }

    private static String restored(JsonNode row, List<Absence> absences) {
        absences.forEach(absence -> absence.in().set(absence.property(), absence.value()));
        hideSecrets(row);
        return row.toString();
    }

    private static void hideSecrets(JsonNode node) {
        if (node instanceof ObjectNode object) {
            SECRETS.stream().filter(object::hasNonNull).forEach(secret -> object.put(secret, "…"));
        }
        node.forEach(DeviceJson::hideSecrets);
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

    private static final class GraphInstant extends StdDeserializer<Instant> {

        GraphInstant() {
            super(Instant.class);
        }

        @Override
        public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
            Instant instant = InstantDeserializer.INSTANT.deserialize(parser, context);
            return instant == null || instant.isBefore(AFTER_NO_DATE) || !instant.isBefore(BEFORE_NEVER)
                    ? null
                    : instant;
        }
    }
}
