package io.acmpintune.engine.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

import io.acmpintune.engine.acmp.icql.IcqlRecord;

/**
 * The version in which a command is sent to an ACMP server.
 *
 * @param version from 1
 * @param order the field names in the order of the server's schema; empty = unknown
 */
public record ChosenVersion(int version, List<String> order) {

    public ChosenVersion {
        order = List.copyOf(order);
    }

    /**
     * Returns the record with its fields in the schema's order, since ACMP may read them in sequence, as Delphi's serialization
     * does; unchanged if the order is unknown.
     */
    public IcqlRecord ordered(IcqlRecord record) {
        if (order.isEmpty()) {
            return record;
        }
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        for (String name : order) {
            if (record.fields().containsKey(name)) {
                fields.put(name, record.text(name));
            }
        }
        record.fields().forEach(fields::putIfAbsent);
        return new IcqlRecord(fields);
    }
}
