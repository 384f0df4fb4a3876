package io.acmpintune.engine.acmp.icql;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes requests as ICQL in UTF-8. It writes neither an XML declaration nor a default namespace: most of Aagon's
 * sample requests have neither, and those of SaveClients never do.
 */
final class IcqlWriter {

    private static final String XSI = "xsi";

    /** The JDK's own, in case a library brings another one. */
    private final XMLOutputFactory factory = XMLOutputFactory.newDefaultFactory();

    /**
     * Returns a request before Base64.
     *
     * @throws IllegalArgumentException if a text holds a character that XML 1.0 forbids
     */
    byte[] write(IcqlRequest request) {
        return write(request.command(), "Request", request.version(), List.of(request.content()));
    }

    /**
     * Returns a message of either direction before Base64.
     *
     * @param actionType {@code Request} or {@code Response}
     * @throws IllegalArgumentException if a text holds a character that XML 1.0 forbids
     */
    byte[] write(String command, String actionType, int version, List<IcqlRequest.Content> contents) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = factory.createXMLStreamWriter(text);
            xml.writeStartElement("ICQL");
            xml.writeStartElement("ACMP");
            xml.writeStartElement(command);
            xml.writeAttribute("ActionType", actionType);
            xml.writeAttribute("version", Integer.toString(version));
            xml.writeStartElement("T" + command + actionType + "_V" + version);
            xml.writeNamespace(XSI, XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI);
            for (IcqlRequest.Content content : contents) {
                writeContent(xml, content);
            }
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a checked message could not be written: " + command, e);
        }
        return text.toString().getBytes(UTF_8);
    }

    private static void writeContent(XMLStreamWriter xml, IcqlRequest.Content content) throws XMLStreamException {
        switch (content) {
            case IcqlRequest.Content.Fields(var fields) -> writeFields(xml, fields);
            case IcqlRequest.Content.Texts(var name, var texts) -> {
                xml.writeStartElement(name);
                for (String text : texts) {
                    writeText(xml, "string", text);
                }
                xml.writeEndElement();
            }
            case IcqlRequest.Content.Records(var name, var type, var records) -> {
                xml.writeStartElement(name);
                for (IcqlRecord record : records) {
                    writeRecord(xml, type, record);
                }
                xml.writeEndElement();
            }
        }
    }

    private static void writeRecord(XMLStreamWriter xml, String type, IcqlRecord record) throws XMLStreamException {
        xml.writeStartElement(type);
        xml.writeAttribute(XSI, XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "type", type);
        writeFields(xml, record);
        xml.writeEndElement();
    }

    private static void writeFields(XMLStreamWriter xml, IcqlRecord record) throws XMLStreamException {
        for (Map.Entry<String, String> field : record.fields().sequencedEntrySet()) {
            writeText(xml, field.getKey(), field.getValue());
        }
    }

    private static void writeText(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        IcqlText.requireWritable(name, text);
        xml.writeStartElement(name);
        String[] lines = text.split("\r", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) {
                // A bare carriage return would reach the reader as a line feed (XML 1.0, 2.11).
                xml.writeEntityRef("#xD");
            }
            xml.writeCharacters(lines[i]);
        }
        xml.writeEndElement();
    }
}
