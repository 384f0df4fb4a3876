package io.acmpintune.simulator.acmp;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.w3c.dom.Element;

import io.acmpintune.simulator.acmp.RequestFormat.Read;

/** Parses request elements. */
final class RequestReader {

    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    private RequestReader() {}

    static Read<List<String>> strings(Element request, String list) {
        return items(request, list, "string", item -> new Read.Good<>(item.getTextContent()));
    }

    static Read<List<FieldValues>> records(Element request, String list, RecordType type) {
        return items(request, list, type.name(), item -> record(item, type));
    }

    static Read<FieldValues> fields(Element request, RecordType type) {
        var fields = new ArrayList<Map.Entry<String, String>>();
        for (Element field : IcqlRequest.children(request)) {
            if (!IcqlRequest.children(field).isEmpty()) {
                return bad(field.getLocalName() + " must contain text only");
            }
            fields.add(new SimpleImmutableEntry<>(field.getLocalName(), field.getTextContent()));
        }
        return switch (type.check(fields)) {
            case RecordType.Checked.Good(FieldValues values) -> new Read.Good<>(values);
            case RecordType.Checked.Bad(String flaw) -> bad(flaw);
        };
    }

    private interface ItemReader<T> {
        Read<T> read(Element item);
    }

    private static <T> Read<List<T>> items(Element request, String list, String item, ItemReader<T> reader) {
        List<Element> children = IcqlRequest.children(request);
        if (children.size() != 1 || !children.getFirst().getLocalName().equals(list)) {
            return bad(request.getLocalName() + " must contain one " + list + " and nothing else");
        }
        var items = new ArrayList<T>();
        for (Element child : IcqlRequest.children(children.getFirst())) {
            if (!child.getLocalName().equals(item)) {
                return bad(list + " must contain " + item + ", not " + child.getLocalName());
            }
            switch (reader.read(child)) {
                case Read.Good<T>(T read) -> items.add(read);
                case Read.Bad<T>(Reply.Refused refusal) -> {
                    return bad(item + " number " + (items.size() + 1) + ": " + refusal.message());
                }
            }
        }
        return new Read.Good<>(items);
    }

    private static Read<FieldValues> record(Element item, RecordType type) {
        String declared = item.getAttributeNS(XSI, "type");
        return !declared.isEmpty() && !declared.substring(declared.indexOf(':') + 1).equals(type.name())
                ? bad("xsi:type is " + declared + " but must be " + type.name())
                : fields(item, type);
    }

    private static <T> Read<T> bad(String message) {
        return new Read.Bad<>(Reply.Refused.invalid(message));
    }
}
