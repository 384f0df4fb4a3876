package io.acmpintune.engine.mapping;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Parses the YAML of a mapping file and collects all faults with their lines. */
final class MappingYaml {

    private final String file;
    private final List<MappingFault> faults = new ArrayList<>();

    MappingYaml(String file) {
        this.file = file;
    }

    /** A key with its value. */
    record Entry(Node key, Node value) {}

    /** Returns the root node; empty if there is none, or the text is not YAML, which is noted as a fault. */
    Optional<Node> root(String text) {
        String remedy = "Correct it there, or just above; mostly it is an indentation, a bracket or a quotation mark";
        try {
            return Optional.ofNullable(
                    new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            faults.add(new MappingFault(file, line, "is not YAML: " + e.getProblem(), remedy));
        } catch (YAMLException e) {
            faults.add(new MappingFault(file, 0, "is not YAML: " + e.getMessage(), remedy));
        }
        return Optional.empty();
    }

    /** Returns the entries of a mapping; none if the node is no mapping. That and duplicate keys are noted as faults. */
    SequencedMap<String, Entry> entries(Node node, String what, String remedy) {
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            fault(node, what + " is not a mapping of keys to values", remedy);
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            text(tuple.getKeyNode(), "a key").ifPresent(key -> {
                Entry first = entries.putIfAbsent(key, new Entry(tuple.getKeyNode(), tuple.getValueNode()));
                if (first != null) {
                    fault(tuple.getKeyNode(), "'" + key + "' is listed twice in " + what,
                            "Remove one; the first is in line " + line(first.key()));
                }
            });
        }
        return entries;
    }

    /** Returns the text of a scalar; empty if it is none or has a character that XML forbids, which is noted as a fault. */
    Optional<String> text(Node node, String what) {
        if (!(node instanceof ScalarNode scalar)) {
            fault(node, what + " is not a single value", "Write one text, in quotes where it has special characters");
            return Optional.empty();
        }
        String text = scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue();
        if (XmlText.forbidden(text) > 0) {
            fault(node, what + " has a character that XML cannot carry", "Remove the control character");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    /** Returns the text of an optional scalar. */
    Optional<String> text(@Nullable Entry entry, String what) {
        return entry == null ? Optional.empty() : text(entry.value(), what);
    }

    void fault(Node node, String reason, String remedy) {
        faults.add(new MappingFault(file, line(node), reason, remedy));
    }

    /** Notes a fault of the file as a whole. */
    void fault(String reason, String remedy) {
        faults.add(new MappingFault(file, 0, reason, remedy));
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** @throws InvalidMappingException if faults were noted */
    void requireNoFault() {
        if (!faults.isEmpty()) {
            throw new InvalidMappingException(
                    faults.stream().sorted(Comparator.comparingInt(MappingFault::line)).toList());
        }
    }
}
