package io.acmpintune.engine.acmp.icql;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An XML element with local names only, because Aagon's own samples of one command use a namespace inconsistently.
 *
 * @param name local name
 * @param attributes local name to value
 * @param text the character data directly inside, unchanged
 * @param children the elements directly inside, in their order
 */
public record XmlElement(String name, Map<String, String> attributes, String text, List<XmlElement> children) {

    public XmlElement {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    public Optional<XmlElement> child(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).findFirst();
    }

    /** The text of a child, stripped; empty if there is no such child. */
    public String textOf(String childName) {
        return child(childName).map(child -> child.text.strip()).orElse("");
    }
}
