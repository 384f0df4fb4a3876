package io.acmpintune.engine.mapping;

import java.util.List;

/**
 * A section of a mapping.
 *
 * @param file whose section it is: the operator's, or the default file
 * @param line where it begins there, from 1
 * @param fields in the order of the file
 */
record MappedSection(String file, int line, List<MappedField> fields) {

    MappedSection {
        fields = List.copyOf(fields);
    }
}
