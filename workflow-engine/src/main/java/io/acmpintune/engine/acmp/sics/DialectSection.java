package io.acmpintune.engine.acmp.sics;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.WrongConfiguration;

/** A mapping in the file; it remembers which of its keys were asked for. */
final class DialectSection {

    private final String file;
    private final String path;
    private final Map<String, @Nullable Object> values;
    private final Set<String> asked = new HashSet<>();

    DialectSection(String file, String path, @Nullable Object value) {
        this.file = file;
        this.path = path;
        if (!(value instanceof Map<?, ?> map)) {
            throw wrongFile(file, (path.isEmpty() ? "" : "in the key '" + path + "' ") + "holds no keys",
                    "Compare it with the dialect file that comes with the product");
        }
        values = new LinkedHashMap<>();
        map.forEach((key, held) -> values.put(String.valueOf(key), held));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    DialectSection section(String key) {
        return new DialectSection(file, pathOf(key), value(key));
    }

    String text(String key) {
        if (!(value(key) instanceof String text) || text.isBlank()) {
            throw wrong(key, "holds no text", "Write a name, in quotes if it looks like a number");
        }
        return text;
    }

    Duration duration(String key) {
        var value = String.valueOf(value(key));
        try {
            if (value.matches("\\d+")) {
                throw wrong(key, "is " + value + " of an unknown unit",
                        "Write the unit as well, such as " + value + "s");
            }
            var duration = DurationStyle.detectAndParse(value);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (IllegalArgumentException _) {
            // Refused below, with the file's name.
        }
        throw wrong(key, "is '" + value + "'", "Write a time, such as 60s");
    }

    Set<Integer> numbers(String key) {
        if (value(key) instanceof List<?> list && list.stream().allMatch(Integer.class::isInstance)) {
            return list.stream().map(Integer.class::cast).collect(Collectors.toSet());
        }
        throw wrong(key, "is no list of numbers", "Write one, such as [401, 403]");
    }

    /** All keys, whatever they are called. */
    Map<String, Object> rest() {
        var rest = new LinkedHashMap<String, Object>();
        values.forEach((key, value) -> {
            if (value == null) {
                throw wrong(key, "has no value", "Give it one, or leave the key out");
            }
            rest.put(key, value);
        });
        return rest;
    }

    /** Refuses keys that nobody asked for. */
    void end() {
        for (var key : values.keySet()) {
            if (!asked.contains(key)) {
                throw wrong(key, "is unknown", "Remove it, or correct it to one of "
                        + Arrays.toString(asked.stream().sorted().toArray()));
            }
        }
    }

    WrongConfiguration wrong(String key, String why, String remedy) {
        return wrongFile(file, "has a key '" + pathOf(key) + "' that " + why, remedy);
    }

    static WrongConfiguration wrongFile(String file, String why, String remedy) {
        return new WrongConfiguration(
                List.of(new ConfigurationFault("acmp.sics.dialect", "the file " + file + " " + why, remedy)));
    }

    private @Nullable Object value(String key) {
        asked.add(key);
        if (!values.containsKey(key)) {
            throw wrongFile(file, "lacks the key '" + pathOf(key) + "'",
                    "Add it; the dialect file that comes with the product shows it");
        }
        return values.get(key);
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
