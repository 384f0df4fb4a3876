package io.acmpintune.engine.acmp.icql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

import org.jspecify.annotations.Nullable;

/**
 * A message from ACMP: the parts that all commands have in common.
 *
 * @param command the command's name
 * @param version that command's version
 * @param response whether it is a response, not a request
 * @param result null if ACMP sent no result code, as in Aagon's sample of a SaveClients response
 * @param body the element with the content
 */
public record IcqlMessage(String command, int version, boolean response, @Nullable ResultCode result, XmlElement body) {

    /** Reads the envelope {@code ICQL/ACMP/command/type}. */
    static IcqlMessage open(XmlElement root) throws MalformedReplyException {
        if (!root.name().equals("ICQL")) {
            throw new MalformedReplyException("its outer element is not ICQL");
        }
        XmlElement command = onlyChild(
                root.child("ACMP").orElseThrow(() -> new MalformedReplyException("it has no element ACMP")));
        XmlElement body = onlyChild(command);
        String action = command.attributes().get("ActionType");
        boolean response = action == null ? body.name().contains("Response") : action.equalsIgnoreCase("Response");
        return new IcqlMessage(command.name(), number(command.attributes().getOrDefault("version", ""), "version"),
                response,
                result(body), body);
    }

    public boolean answers(IcqlRequest request) {
        return response && command.equals(request.command()) && version == request.version();
    }

    public String resultMessage() {
        return body.textOf("ResultMessage");
    }

    /** Returns the records in a list of the content; empty if there is no such list. */
    public List<IcqlRecord> records(String list) throws MalformedReplyException {
        List<IcqlRecord> records = new ArrayList<>();
        for (XmlElement item : body.child(list).map(XmlElement::children).orElse(List.of())) {
            SequencedMap<String, String> fields = new LinkedHashMap<>();
            for (XmlElement field : item.children()) {
                if (fields.put(field.name(), field.text()) != null) {
                    throw new MalformedReplyException("a record in " + list + " has two fields named " + field.name());
                }
            }
            records.add(record(list, fields));
        }
        return records;
    }

    private static IcqlRecord record(String list, SequencedMap<String, String> fields) throws MalformedReplyException {
        try {
            return new IcqlRecord(fields);
        } catch (IllegalArgumentException _) {
            throw new MalformedReplyException(
                    "a record in " + list + " has a field with a name that ICQL does not use");
        }
    }

    /** Some responses have an ErrorCode as well as a ResultCode, and either can report a failure. */
    private static @Nullable ResultCode result(XmlElement body) throws MalformedReplyException {
        ResultCode result = code(body, "ResultCode");
        ResultCode error = code(body, "ErrorCode");
        return (result == null || result == ResultCode.Known.OK) && error != null ? error : result;
    }

    private static @Nullable ResultCode code(XmlElement body, String name) throws MalformedReplyException {
        String text = body.textOf(name);
        return text.isEmpty() ? null : ResultCode.of(number(text, name));
    }

    private static XmlElement onlyChild(XmlElement parent) throws MalformedReplyException {
        if (parent.children().size() != 1) {
            throw new MalformedReplyException(
                    "its element " + parent.name() + " has " + parent.children().size() + " elements instead of one");
        }
        return parent.children().getFirst();
    }

    private static int number(String text, String name) throws MalformedReplyException {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException _) {
            throw new MalformedReplyException("its " + name + " is not a number");
        }
    }
}
