package io.acmpintune.simulator.acmp;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.w3c.dom.Element;

/** Reads the one list that each command's request carries. */
final class ListReader {

    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    private ListReader() {}

    /** The items of a list, or the refusal of the whole request. */
    sealed interface Read<T> {

        record Items<T>(List<T> items) implements Read<T> {}

        record Bad<T>(Reply.Refused refusal) implements Read<T> {}
    }

    static Read<String> strings(Element parameters, String list) {
        return items(parameters, list, "string", item -> new Read.Items<>(List.of(item.getTextContent())));
    }

    static Read<FieldValues> records(Element parameters, String list, RecordType type) {
        return items(parameters, list, type.name(), item -> record(item, type));
    }

    private interface ItemReader<T> {
        Read<T> read(Element item);
    }

    private static <T> Read<T> items(Element parameters, String list, String item, ItemReader<T> reader) {
        List<Element> children = IcqlRequest.children(parameters);
        if (children.size() != 1 || !children.getFirst().getLocalName().equals(list)) {
            return bad(parameters.getLocalName() + " must contain one " + list + " and nothing else");
        }
        var items = new ArrayList<T>();
        for (Element child : IcqlRequest.children(children.getFirst())) {
            if (!child.getLocalName().equals(item)) {
                return bad(list + " must contain " + item + ", not " + child.getLocalName());
            }
            switch (reader.read(child)) {
                case Read.Items<T>(List<T> read) -> items.addAll(read);
                case Read.Bad<T>(Reply.Refused refusal) -> {
                    return bad(item + " number " + (items.size() + 1) + ": " + refusal.message());
                }
            }
        }
        return new Read.Items<>(items);
    }

    private static Read<FieldValues> record(Element item, RecordType type) {
        String declared = item.getAttributeNS(XSI, "type");
        if (!declared.isEmpty() && !declared.substring(declared.indexOf(':') + 1).equals(type.name())) {
            return bad("xsi:type is " + declared + " but must be " + type.name());
        }
        var fields = new ArrayList<Map.Entry<String, String>>();
        for (Element field : IcqlRequest.children(item)) {
            if (!IcqlRequest.children(field).isEmpty()) {
                return bad(field.getLocalName() + " must contain text only");
            }
            fields.add(new SimpleImmutableEntry<>(field.getLocalName(), field.getTextContent()));
        }
        return switch (type.check(fields)) {
            case RecordType.Checked.Good(FieldValues values) -> new Read.Items<>(List.of(values));
            case RecordType.Checked.Bad(String flaw) -> bad(flaw);
        };
    }

    private static <T> Read<T> bad(String message) {
        return new Read.Bad<>(Reply.Refused.invalid(message));
    }
}
