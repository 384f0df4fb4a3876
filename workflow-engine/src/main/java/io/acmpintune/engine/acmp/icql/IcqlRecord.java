package io.acmpintune.engine.acmp.icql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * One record of a command, such as a client: field names and texts in the order in which they are sent. The mapping
 * determines the fields; this type only guarantees that the record can be written as XML.
 *
 * @param fields field name to text; an empty text is a field without a value
 */
public record IcqlRecord(SequencedMap<String, String> fields) {

    /** The field that identifies a client in every command about clients. */
    public static final String CLIENT_ID = "ClientId";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    /**
     * @throws IllegalArgumentException if a name is not an XML name or a text holds a character that XML 1.0 forbids; the message
     *     names field and position, never the text
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

    /** Whether a field may have this name. */
    public static boolean isFieldName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Returns the text of a field; empty if the record has no such field, which ICQL does not distinguish. */
    public String text(String field) {
        return fields.getOrDefault(field, "");
    }

    /** Returns this record with one field replaced, or added at the end. */
    public IcqlRecord with(String field, String text) {
        SequencedMap<String, String> changed = new LinkedHashMap<>(fields);
        changed.put(field, text);
        return new IcqlRecord(changed);
    }

    /** Hides the texts, which may be personal data. */
    @Override
    public String toString() {
        return "IcqlRecord[" + text(CLIENT_ID) + ", " + fields.size() + " fields]";
    }
}
