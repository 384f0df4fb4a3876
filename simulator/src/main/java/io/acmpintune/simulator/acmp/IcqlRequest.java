package io.acmpintune.simulator.acmp;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * An ICQL request: {@code ICQL/ACMP/<Command version="n">/T<Command>Request_V<n>}. Namespaces are ignored, because only
 * some of Aagon's samples have them.
 *
 * @param parameters the element that holds the command's properties
 */
record IcqlRequest(String command, String version, Element parameters) {

    private static final Pattern COMMAND = Pattern.compile("<ACMP[^>]*>\\s*<(\\w+)(?:[^>]*?version=[\"'](\\w+)[\"'])?");

    /**
     * A request, or the reason why it is invalid. The command's name is then extracted as well as possible, so that a
     * reply can be sent.
     */
    sealed interface Parsed {

        record Good(IcqlRequest request) implements Parsed {}

        record Bad(String command, String version, String flaw) implements Parsed {}
    }

    /** @param base64 what was published */
    static Parsed parse(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return bad(new String(bytes, StandardCharsets.UTF_8), "the message is not UTF-8");
        }
        try {
            return request(text, reader().parse(new InputSource(new StringReader(text))).getDocumentElement());
        } catch (SAXException e) {
            return bad(text, "the message is not well-formed XML 1.0: " + e.getMessage());
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("a text in memory could not be read", e);
        }
    }

    private static Parsed request(String text, Element root) {
        Optional<Element> command = root.getLocalName().equals("ICQL")
                ? only(root).filter(acmp -> acmp.getLocalName().equals("ACMP")).flatMap(IcqlRequest::only)
                : Optional.empty();
        if (command.isEmpty()) {
            return bad(text, "a message must be ICQL with one ACMP with one command");
        }
        String name = command.get().getLocalName();
        String version = command.get().getAttribute("version");
        String actionType = command.get().getAttribute("ActionType");
        if (!actionType.isEmpty() && !actionType.equals("Request")) {
            return new Parsed.Bad(name, version, "ActionType is '" + actionType + "' but must be Request");
        }
        String type = "T" + name + "Request_V" + version;
        return only(command.get()).filter(parameters -> parameters.getLocalName().equals(type))
                .<Parsed>map(parameters -> new Parsed.Good(new IcqlRequest(name, version, parameters)))
                .orElseGet(() -> new Parsed.Bad(name, version, name + " must contain one " + type));
    }

    /** Returns the number of records or strings in the request's list; 0 if it has no list. */
    int items() {
        return children(parameters).stream().mapToInt(list -> children(list).size()).sum();
    }

    static List<Element> children(Element parent) {
        var children = new ArrayList<Element>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static Optional<Element> only(Element parent) {
        List<Element> children = children(parent);
        return children.size() == 1 ? Optional.of(children.getFirst()) : Optional.empty();
    }

    private static Parsed bad(String text, String flaw) {
        Matcher command = COMMAND.matcher(text);
        return command.find()
                ? new Parsed.Bad(command.group(1), Optional.ofNullable(command.group(2)).orElse("1"), flaw)
                : new Parsed.Bad("Unknown", "1", flaw);
    }

    private static DocumentBuilder reader() throws ParserConfigurationException {
        var factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder reader = factory.newDocumentBuilder();
        reader.setErrorHandler(new Silent());
        return reader;
    }

    /** Throws fatal errors without printing them to standard error. */
    private static final class Silent implements ErrorHandler {

        @Override
        public void warning(SAXParseException exception) {}

        @Override
        public void error(SAXParseException exception) {}

        @Override
        public void fatalError(SAXParseException exception) throws SAXParseException {
            throw exception;
        }
    }
}
