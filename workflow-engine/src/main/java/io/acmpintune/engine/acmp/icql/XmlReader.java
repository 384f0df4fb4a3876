package io.acmpintune.engine.acmp.icql;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.jspecify.annotations.Nullable;

/** Reads a small XML document from an untrusted peer: no DTD, no entities, bounded depth, no recursion. */
final class XmlReader {

    /** The deepest known ICQL message has nine levels; a schema has a few more. */
    private static final int MAX_DEPTH = 64;

    private final XMLInputFactory factory;

    XmlReader() {
        // The JDK's own, in case a library brings another one.
        factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        // Since JDK 24 entities may yield 100,000 characters in a document, and each &amp; counts as one: a schema, which
        // is XML inside XML, soon exceeds that. Without DTDs there are no entities that could grow.
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", 0);
        factory.setProperty("jdk.xml.totalEntitySizeLimit", 0);
        factory.setXMLResolver((_, systemId, _, _) -> {
            throw new XMLStreamException("the document refers to " + systemId);
        });
    }

    XmlElement read(byte[] document) throws MalformedReplyException {
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            // The parser's own message may quote the document; the position is enough to find the fault.
            throw new MalformedReplyException(
                    "it is not well-formed XML" + (e.getLocation() == null ? "" : at(e.getLocation())));
        }
    }

    private static XmlElement read(XMLStreamReader reader) throws XMLStreamException, MalformedReplyException {
        Deque<Open> open = new ArrayDeque<>();
        XmlElement root = null;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() == MAX_DEPTH) {
                        throw new MalformedReplyException("it is nested more than " + MAX_DEPTH + " levels deep");
                    }
                    open.push(new Open(reader));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    append(open.peek(), reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    XmlElement closed = open.pop().close();
                    Open parent = open.peek();
                    if (parent == null) {
                        root = closed;
                    } else {
                        parent.children.add(closed);
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw new MalformedReplyException(
                        "it has a document type or an entity, which ICQL never has" + at(reader.getLocation()));
                default -> {
                    // comments, processing instructions and the end are irrelevant
                }
            }
        }
        if (root == null) {
            throw new MalformedReplyException("it has no element");
        }
        return root;
    }

    private static void append(@Nullable Open open, String text) {
        if (open != null) {
            open.text.append(text);
        }
    }

    private static String at(javax.xml.stream.Location location) {
        return " (line %d, column %d)".formatted(location.getLineNumber(), location.getColumnNumber());
    }

    /** An element whose end has not been read yet. */
    private static final class Open {

        private final String name;
        private final Map<String, String> attributes = new HashMap<>();
        private final StringBuilder text = new StringBuilder();
        private final List<XmlElement> children = new ArrayList<>();

        Open(XMLStreamReader reader) {
            name = reader.getLocalName();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
        }

        XmlElement close() {
            return new XmlElement(name, attributes, text.toString(), children);
        }
    }
}
