package io.acmpintune.engine.mapping;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

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
import org.yaml.snakeyaml.nodes.SequenceNode;

import io.acmpintune.engine.acmp.IcqlRecord;

/** Reads a mapping file. Whatever cannot be used is named with its line, because people write these files. */
public final class MappingFile {

    private static final Set<String> SECTIONS = Set.of("client", "mobile-device");
    private static final Set<String> KEYS = Set.of("property", "constant", "as", "max-length", "table", "otherwise");
    private static final int USUAL_LENGTH = 255;

    private final String file;

    private MappingFile(String file) {
        this.file = file;
    }

    /**
     * Reads a mapping.
     *
     * @param file its name, for messages
     * @param yaml its text
     * @throws MappingFault when it cannot be used
     */
    public static Mapping read(String file, String yaml) {
        return new MappingFile(file).mapping(yaml);
    }

    private Mapping mapping(String yaml) {
        Node root;
        try {
            root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new MappingFault(file, line, "is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new MappingFault(file, "is not YAML: " + e.getMessage());
        }
        if (root == null) {
            throw new MappingFault(file, "is empty; it needs the sections client and mobile-device");
        }
        Map<String, Node> sections = entries(root, "the file", SECTIONS);
        return new Mapping(digest(yaml), section(sections, "client"), section(sections, "mobile-device"));
    }

    private SequencedMap<String, FieldRule> section(Map<String, Node> sections, String name) {
        Node section = sections.get(name);
        if (section == null) {
            throw new MappingFault(file, "has no section '" + name + "'");
        }
        SequencedMap<String, FieldRule> rules = new LinkedHashMap<>();
        entries(section, "section " + name, null).forEach((field, node) -> rules.put(field, rule(field, node)));
        if (!rules.containsKey("ClientId")) {
            throw fault(section, "section " + name + " has no field ClientId, by which ACMP knows the client");
        }
        return rules;
    }

    private FieldRule rule(String field, Node node) {
        if (!IcqlRecord.isFieldName(field)) {
            throw fault(node, "'" + field + "' cannot be the name of an ICQL field: letters, digits, '_', '-' and '.'");
        }
        Map<String, Node> keys = entries(node, "field " + field, KEYS);
        Node constant = keys.get("constant");
        Node property = keys.get("property");
        if (constant != null) {
            if (keys.size() > 1) {
                throw fault(node, "field " + field + " has a constant and more; a constant stands alone");
            }
            return new FieldRule.Constant(IcqlSafe.clean(text(constant, "constant")));
        }
        if (property == null) {
            throw fault(node, "field " + field + " has neither property nor constant");
        }
        Map<String, String> table = new LinkedHashMap<>();
        Node pairs = keys.get("table");
        if (pairs != null) {
            entries(pairs, "table of " + field, null).forEach((from, to) -> table.put(from, text(to, "table")));
        }
        Node otherwise = keys.get("otherwise");
        return new FieldRule.FromProperties(properties(property), transform(keys.get("as")),
                FieldRule.FromProperties.table(table), otherwise == null ? null : text(otherwise, "otherwise"),
                length(keys.get("max-length")));
    }

    private List<Property> properties(Node node) {
        List<Node> names = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        List<Property> properties = new ArrayList<>();
        for (Node name : names) {
            String text = text(name, "property");
            properties.add(Property.named(text)
                    .orElseThrow(() -> fault(name, "a device has no property '" + text
                            + "'; properties have Graph's names, such as deviceName")));
        }
        return properties;
    }

    private Transform transform(@Nullable Node node) {
        if (node == null) {
            return Transform.TEXT;
        }
        String name = text(node, "as");
        return Transform.named(name)
                .orElseThrow(() -> fault(node, "'" + name + "' is not one of "
                        + Arrays.stream(Transform.values()).map(Transform::word).collect(Collectors.joining(", "))));
    }

    private int length(@Nullable Node node) {
        if (node == null) {
            return USUAL_LENGTH;
        }
        String text = text(node, "max-length");
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw fault(node, "max-length must be a number from 1 to 999999");
        }
        return Integer.parseInt(text);
    }

    private Map<String, Node> entries(Node node, String what, @Nullable Set<String> allowed) {
        if (!(node instanceof MappingNode mapping)) {
            throw fault(node, what + " must be a mapping of keys to values");
        }
        SequencedMap<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            String key = text(entry.getKeyNode(), "key");
            if (allowed != null && !allowed.contains(key)) {
                throw fault(entry.getKeyNode(), "'" + key + "' is not known in " + what + "; known are "
                        + allowed.stream().sorted().collect(Collectors.joining(", ")));
            }
            if (entries.put(key, entry.getValueNode()) != null) {
                throw fault(entry.getKeyNode(), "'" + key + "' stands twice in " + what);
            }
        }
        return entries;
    }

    private String text(Node node, String what) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw fault(node, what + " must be a single value");
    }

    private MappingFault fault(Node node, String reason) {
        return new MappingFault(file, node.getStartMark().getLine() + 1, reason);
    }

    private static String digest(String yaml) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(yaml.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
