package io.acmpintune.simulator.acmp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The values of one stored record, packed into one byte array: tens of thousands of records with sixty strings each
 * would take most of the simulator's memory. Values are separated by NUL, which XML cannot contain.
 */
final class FieldValues {

    private static final String PARTING = "\0";

    private final RecordType type;
    private final byte[] packed;

    private FieldValues(RecordType type, byte[] packed) {
        this.type = type;
        this.packed = packed;
    }

    /** @param values one for each field of the type, in its order */
    static FieldValues of(RecordType type, List<String> values) {
        return new FieldValues(type, String.join(PARTING, values).getBytes(StandardCharsets.UTF_8));
    }

    String value(String field) {
        String value = map().get(field);
        if (value == null) {
            throw new IllegalArgumentException(type.name() + " has no field " + field);
        }
        return value;
    }

    FieldValues with(String field, String value) {
        SequencedMap<String, String> map = map();
        map.put(field, value);
        return of(type, new ArrayList<>(map.values()));
    }

    /** Field to value, in the order of the type. */
    SequencedMap<String, String> map() {
        List<String> values = List.of(new String(packed, StandardCharsets.UTF_8).split(PARTING, -1));
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < values.size(); i++) {
            map.put(type.fields().get(i).name(), values.get(i));
        }
        return map;
    }
}
