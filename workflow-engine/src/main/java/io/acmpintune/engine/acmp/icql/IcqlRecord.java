package io.acmpintune.engine.acmp.icql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * One record of a command, such as a client: field names with their texts, in the order in which they are sent. Which
 * fields there are is decided by the mapping; this type only guarantees that the record can be written as XML.
 *
 * @param fields field name to text; an empty text is a field without a value
 */
public record IcqlRecord(SequencedMap<String, String> fields) {

    /** The field by which ACMP knows a client, in every command that has to do with clients. */
    public static final String CLIENT_ID = "ClientId";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    /**
     * Copies the fields.
     *
     * @throws IllegalArgumentException if a name is no XML name or a text holds a character that XML 1.0 forbids; the
     *             message names field and position, never the text
     */
    public IcqlRecord {
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        fields.forEach((name, text) -> {
            if (!isFieldName(name)) {
                throw new IllegalArgumentException("'" + name + "' cannot be the name of an ICQL field");
            }
            IcqlText.requireWritable(name, text);
        });
    }

    /** Whether ICQL can have a field of that name. */
    public static boolean isFieldName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The text of a field, empty if the record has no such field: ICQL does not tell the two apart. */
    public String text(String field) {
        return fields.getOrDefault(field, "");
    }

    /** This record with one field replaced, or added at the end. */
    public IcqlRecord with(String field, String text) {
        LinkedHashMap<String, String> changed = new LinkedHashMap<>(fields);
        changed.put(field, text);
        return new IcqlRecord(changed);
    }

    /** Names the client and counts the fields, since the texts may be personal data. */
    @Override
    public String toString() {
        return "IcqlRecord[" + text(CLIENT_ID) + ", " + fields.size() + " fields]";
    }
}
