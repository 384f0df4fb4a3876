package io.acmpintune.engine.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.mapping.MappingYaml.Entry;

/** Reads the fields of a section. */
final class FieldReader {

    private static final Set<String> KEYS = new TreeSet<>(
            Set.of("property", "constant", "as", "max-length", "table", "otherwise", "routine"));
    private static final int USUAL_LENGTH = 255;
    private static final String SAMPLE = "Write { property: deviceName }, or { constant: \"a text\" }";

    private final MappingYaml yaml;

    FieldReader(MappingYaml yaml) {
        this.yaml = yaml;
    }

    /** Returns the field; empty if it has faults, which were noted. */
    Optional<MappedField> field(String name, Entry entry) {
        if (!IcqlRecord.isFieldName(name)) {
            yaml.fault(entry.key(), "'" + name + "' cannot be the name of an ICQL field",
                    "Use ACMP's name; it has letters, digits, '_', '-' and '.' only");
        }
        Map<String, Entry> keys = yaml.entries(entry.value(), "field " + name, SAMPLE);
        keys.forEach((key, found) -> {
            if (!KEYS.contains(key)) {
                yaml.fault(found.key(), "'" + key + "' is not known in field " + name,
                        meant(key, KEYS, "Known are " + String.join(", ", KEYS)));
            }
        });
        boolean routine = routine(name, keys.get("routine"));
        return rule(name, entry, keys)
                .map(rule -> new MappedField(name, MappingYaml.line(entry.key()), rule, routine));
    }

    private Optional<FieldRule> rule(String name, Entry entry, Map<String, Entry> keys) {
        Entry constant = keys.get("constant");
        Entry property = keys.get("property");
        if (constant != null) {
            if (keys.size() > 1) {
                yaml.fault(entry.key(), "field " + name + " has a constant and more",
                        "Leave the constant alone, or remove it");
            }
            return yaml.text(constant, "constant").map(FieldRule.Constant::new);
        }
        if (property == null) {
            if (entry.value() instanceof MappingNode) {
                yaml.fault(entry.key(), "field " + name + " has neither property nor constant", SAMPLE);
            }
            return Optional.empty();
        }
        List<Property> properties = properties(property.value());
        Transform transform = transform(name, keys.get("as"), properties, property);
        SortedMap<String, String> table = table(name, keys.get("table"));
        Entry otherwise = keys.get("otherwise");
        if (otherwise != null && keys.get("table") == null) {
            yaml.fault(otherwise.key(), "field " + name + " has otherwise without a table",
                    "Add table: { from: to }, or remove otherwise");
        }
        return Optional.of(new FieldRule.FromProperties(properties, transform, table,
                yaml.text(otherwise, "otherwise").orElse(null), length(keys.get("max-length"), transform)));
    }

    private List<Property> properties(Node node) {
        List<Node> names = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        if (names.isEmpty()) {
            yaml.fault(node, "the list of properties is empty", SAMPLE);
        }
        List<Property> properties = new ArrayList<>();
        for (Node name : names) {
            yaml.text(name, "property")
                    .ifPresent(text -> Property.named(text)
                            .ifPresentOrElse(properties::add,
                                    () -> yaml.fault(name, "a device has no property '" + text + "'",
                                            meant(text, Property.names(),
                                                    "Use one of Graph's names, such as deviceName"))));
        }
        return properties;
    }

    private Transform transform(String field, @Nullable Entry entry, List<Property> properties, Entry property) {
        Optional<String> word = yaml.text(entry, "as");
        Optional<Transform> named = word.flatMap(Transform::named);
        if (entry != null && word.isPresent() && named.isEmpty()) {
            yaml.fault(entry.value(), "'" + word.orElse("") + "' is not a transform",
                    "Use one of " + words(_ -> true));
        }
        Transform transform = named.orElse(Transform.TEXT);
        if (entry == null || named.isPresent()) {
            properties.stream()
                    .filter(read -> !transform.accepts(read.type()))
                    .forEach(read -> yaml.fault((entry == null ? property : entry).value(),
                            "field " + field + " cannot write " + read.name() + " as " + transform.key(),
                            fitting(read)));
        }
        return transform;
    }

    private static String fitting(Property property) {
        return property.type() == Map.class
                ? "Name one of its entries, as in " + property.name() + ".bitLockerStatus"
                : "Use as: " + words(transform -> transform.accepts(property.type()));
    }

    private static String words(Predicate<Transform> which) {
        return Arrays.stream(Transform.values()).filter(which).map(Transform::key).collect(Collectors.joining(", "));
    }

    private SortedMap<String, String> table(String field, @Nullable Entry entry) {
        SortedMap<String, String> table = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (entry == null) {
            return table;
        }
        String remedy = "Write lines such as Android: ctAndroid";
        Map<String, Entry> pairs = yaml.entries(entry.value(), "table of " + field, remedy);
        pairs.forEach((from, to) -> yaml.text(to, "the value of " + from).ifPresent(text -> {
            if (table.put(from, text) != null) {
                yaml.fault(to.key(), "'" + from + "' is listed twice in table of " + field + ", which ignores case",
                        "Remove one");
            }
        }));
        return table;
    }

    private int length(@Nullable Entry entry, Transform transform) {
        if (entry == null) {
            return USUAL_LENGTH;
        }
        if (!transform.isFreeText()) {
            yaml.fault(entry.key(), "max-length would cut a value that is written as " + transform.key(),
                    "Remove max-length; it goes with " + words(Transform::isFreeText));
            return USUAL_LENGTH;
        }
        String text = yaml.text(entry, "max-length").orElse("");
        if (!text.matches("[1-9][0-9]{0,5}")) {
            yaml.fault(entry.value(), "max-length is not a number from 1 to 999999",
                    "Set the length of ACMP's field, or remove it for " + USUAL_LENGTH);
            return USUAL_LENGTH;
        }
        return Integer.parseInt(text);
    }

    private boolean routine(String field, @Nullable Entry entry) {
        String text = yaml.text(entry, "routine").orElse("false");
        if (entry != null && !text.equals("true") && !text.equals("false")) {
            yaml.fault(entry.value(), "routine of " + field + " is neither true nor false",
                    "Write true if a change of the field alone is routine, else remove it");
        }
        return text.equals("true");
    }

    private static String meant(String written, Collection<String> known, String otherwise) {
        return ClosestName.to(written, known).map(name -> "Did you mean " + name + "? " + otherwise).orElse(otherwise);
    }
}
