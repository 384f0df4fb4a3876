package io.acmpintune.engine.acmp.icql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Finds a type's fields in the text of a command's schema. That the text is an XML Schema, and that a field with
 * {@code minOccurs} of at least 1 (XML Schema's default) is mandatory, is our assumption: Aagon only says that schemas
 * tell what is mandatory.
 */
final class SchemaReader {

    private SchemaReader() {}

    /** The fields of the type, in their order; empty if the text is no XML Schema or does not describe the type. */
    static Optional<List<SchemaField>> fields(String schema, String type) {
        try {
            XmlElement root = new XmlReader().read(schema.getBytes(UTF_8));
            return root.children()
                    .stream()
                    .filter(child -> describes(child, type))
                    .findFirst()
                    .map(SchemaReader::fields);
        } catch (MalformedReplyException _) {
            return Optional.empty();
        }
    }

    private static boolean describes(XmlElement definition, String type) {
        return (definition.name().equals("complexType") || definition.name().equals("element"))
                && type.equals(definition.attributes().get("name"));
    }

    /** The elements in a definition, but not those inside of these. */
    private static List<SchemaField> fields(XmlElement definition) {
        ArrayList<SchemaField> fields = new ArrayList<SchemaField>();
        ArrayDeque<XmlElement> open = new ArrayDeque<>(definition.children());
        while (!open.isEmpty()) {
            XmlElement next = open.pop();
            String name = next.attributes().get("name");
            if (next.name().equals("element") && name != null) {
                fields.add(new SchemaField(name, !next.attributes().getOrDefault("minOccurs", "1").equals("0")));
            } else {
                next.children().reversed().forEach(open::push);
            }
        }
        return List.copyOf(fields);
    }
}
