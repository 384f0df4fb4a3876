package io.acmpintune.engine.mapping;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import io.acmpintune.engine.acmp.icql.SchemaField;

/**
 * The versions that an ACMP server has of a command that saves records.
 *
 * @param byVersion version to the records' fields in their order; no fields = the server does not describe this version
 */
public record OfferedVersions(SortedMap<Integer, List<SchemaField>> byVersion) {

    public OfferedVersions {
        SortedMap<Integer, List<SchemaField>> copy = new TreeMap<>();
        byVersion.forEach((version, fields) -> copy.put(version, List.copyOf(fields)));
        byVersion = Collections.unmodifiableSortedMap(copy);
    }
}
