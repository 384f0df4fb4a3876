package io.acmpintune.simulator.acmp;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SequencedMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes replies like Aagon's samples, encoded in Base64 for the broker. */
final class IcqlReply {

    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    private IcqlReply() {}

    static String write(String command, String version, Reply reply) {
        var text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            String type = "T" + command + "Response_V" + version;
            xml.writeStartElement("ICQL");
            xml.writeDefaultNamespace("http://acmp.com/" + command + "Response_V" + version);
            xml.writeStartElement("ACMP");
            xml.writeStartElement(command);
            xml.writeAttribute("ActionType", "Response");
            xml.writeAttribute("version", version);
            xml.writeStartElement(type);
            xml.writeNamespace("xsi", XSI);
            switch (reply) {
                case Reply.Refused(int code, String message) -> result(xml, code, message);
                case Reply.Done() -> result(xml, ResultCode.OK.number(), "OK");
                case Reply.Value(String element, String value, ResultCode code, String message) -> {
                    element(xml, element, value);
                    result(xml, code.number(), message);
                }
                case Reply.Nothing() -> {
                }
                case Reply.Records records -> records(xml, records);
            }
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the reply to " + command + " cannot be written", e);
        }
        return Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void records(XMLStreamWriter xml, Reply.Records reply) throws XMLStreamException {
        xml.writeStartElement(reply.list());
        for (SequencedMap<String, String> record : reply.records()) {
            xml.writeStartElement(reply.recordType());
            xml.writeAttribute("xsi", XSI, "type", reply.recordType());
            for (Map.Entry<String, String> field : record.entrySet()) {
                element(xml, field.getKey(), field.getValue());
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
        if (reply.withResultCode()) {
            result(xml, ResultCode.OK.number(), "OK");
        }
    }

    private static void result(XMLStreamWriter xml, int code, String message) throws XMLStreamException {
        element(xml, "ResultCode", Integer.toString(code));
        element(xml, "ResultMessage", printable(message));
    }

    private static void element(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(value);
        xml.writeEndElement();
    }

    /** A parser's message may quote a character that XML forbids. */
    private static String printable(String message) {
        return message.replaceAll("[\\p{Cc}\\p{Cs}\\x{FFFE}\\x{FFFF}]", "?");
    }
}
