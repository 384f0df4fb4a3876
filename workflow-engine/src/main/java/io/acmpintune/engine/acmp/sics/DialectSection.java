package io.acmpintune.engine.acmp.sics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

/**
 * A section of a dialect file. It remembers which keys were read and collects faults: a value that is missing or wrong is
 * read as an empty one. Spring Boot's {@code Binder} would not do: below {@code fixed} it drops underscores from names, and
 * elsewhere it converts silently what is refused here, such as a number without a unit to a time.
 */
final class DialectSection {

    private final String file;
    private final String path;
    private final List<ConfigurationFault> faults;
    private final boolean isMissing;
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Set<String> keysRead = new HashSet<>();

    private DialectSection(String file, String path, List<ConfigurationFault> faults, @Nullable Object value) {
        this.file = file;
        this.path = path;
        this.faults = faults;
        this.isMissing = !(value instanceof Map<?, ?>);
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, held) -> values.put(String.valueOf(key), held));
        }
    }

    /** The whole content of a file. */
    static DialectSection root(String file, @Nullable Object content) {
        DialectSection root = new DialectSection(file, "", new ArrayList<>(), content);
        if (root.isMissing) {
            throw new InvalidConfigurationException(List.of(fault(file, "holds no keys",
                    "Compare it with the dialect file that comes with the product")));
        }
        return root;
    }

    static ConfigurationFault fault(String file, String reason, String remedy) {
        return new ConfigurationFault("acmp.sics.dialect", "the file " + file + " " + reason, remedy);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    DialectSection section(String key) {
        Object value = value(key);
        if (has(key) && !(value instanceof Map<?, ?>)) {
            faults.add(fault(file, "in the key '" + pathOf(key) + "' holds no keys",
                    "Compare it with the dialect file that comes with the product"));
        }
        return new DialectSection(file, pathOf(key), faults, value);
    }

    String text(String key) {
        if (value(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        wrongIfPresent(key, "holds no text", "Write a name, in quotes if it looks like a number");
        return "";
    }

    Duration duration(String key) {
        String value = String.valueOf(value(key));
        if (value.matches("\\d+")) {
            wrong(key, "is " + value + " of an unknown unit", "Write the unit as well, such as " + value + "s");
            return Duration.ZERO;
        }
        try {
            Duration duration = DurationStyle.detectAndParse(value);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (IllegalArgumentException _) {
            // reported below
        }
        wrongIfPresent(key, "is '" + value + "'", "Write a time, such as 60s");
        return Duration.ZERO;
    }

    Set<Integer> numbers(String key) {
        if (value(key) instanceof List<?> list && list.stream().allMatch(Integer.class::isInstance)) {
            return list.stream().map(Integer.class::cast).collect(Collectors.toSet());
        }
        wrongIfPresent(key, "is no list of numbers", "Write one, such as [401, 403]");
        return Set.of();
    }

    /** All keys with their values, whatever their names. */
    Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (value == null) {
                wrong(key, "has no value", "Give it one, or leave the key out");
            } else {
                all.put(key, value);
            }
        });
        return all;
    }

    /** Refuses keys that have not been read. */
    void end() {
        for (String key : values.keySet()) {
            if (!keysRead.contains(key)) {
                wrong(key, "is unknown", "Remove it, or correct it to one of " + new TreeSet<>(keysRead));
            }
        }
    }

    void wrong(String key, String reason, String remedy) {
        faults.add(fault(file, "has a key '" + pathOf(key) + "' that " + reason, remedy));
    }

    /** @throws InvalidConfigurationException with every fault found in the whole file */
    void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new InvalidConfigurationException(faults);
        }
    }

    private void wrongIfPresent(String key, String reason, String remedy) {
        if (has(key)) {
            wrong(key, reason, remedy);
        }
    }

    private @Nullable Object value(String key) {
        keysRead.add(key);
        if (!isMissing && !has(key)) {
            faults.add(fault(file, "lacks the key '" + pathOf(key) + "'",
                    "Add it; the dialect file that comes with the product shows it"));
        }
        return values.get(key);
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
