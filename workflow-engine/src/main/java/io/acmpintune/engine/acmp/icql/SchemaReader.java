package io.acmpintune.engine.acmp.icql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Finds a type's fields in a command's schema. We assume that a schema is XML Schema and that a field with {@code minOccurs}
 * of at least 1 (XML Schema's default) is mandatory: Aagon only documents that schemas mark mandatory fields.
 */
final class SchemaReader {

    private SchemaReader() {}

    /** Returns the fields of the type in their order; empty if the text is not an XML Schema or lacks the type. */
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

    /** Returns the elements in a definition, but not those nested in them. */
    private static List<SchemaField> fields(XmlElement definition) {
        List<SchemaField> fields = new ArrayList<>();
        Deque<XmlElement> open = new ArrayDeque<>(definition.children());
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
