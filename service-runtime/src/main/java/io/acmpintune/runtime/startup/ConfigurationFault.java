package io.acmpintune.runtime.startup;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One thing wrong with the configuration.
 *
 * @param key the property's full name
 * @param reason what is wrong with its value; never the value of a secret
 * @param remedy what to set
 */
public record ConfigurationFault(String key, String reason, String remedy) {

    /** The boundary before a word of a name in camel case, a number being a word. */
    private static final Pattern WORD = Pattern.compile("(?=[A-Z])|(?<=[a-z])(?=\\d)");

    /** A name, or a map key or index in brackets; what Jakarta Validation adds in angle brackets is left out. */
    private static final Pattern SEGMENT = Pattern.compile("\\[(?<entry>[^]]*)]|<[^>]*>|(?<name>[^.\\[<]+)");

    /**
     * Returns the fault of a violated constraint.
     *
     * @param path the property's path in Java, as in {@code servers[ACMP-1].routingKey}
     * @param message reason and remedy, as {@link ConfigurationFaults} describes
     */
    static ConfigurationFault ofConstraint(String prefix, String path, String message) {
        int end = message.indexOf(". ");
        return end < 0
                ? new ConfigurationFault(prefix + keyOf(path), message, "Correct it")
                : new ConfigurationFault(prefix + keyOf(path), message.substring(0, end), message.substring(end + 2));
    }

    private static String keyOf(String path) {
        return SEGMENT.matcher(path).results().map(segment -> {
            String name = segment.group("name");
            String entry = segment.group("entry");
            if (name != null) {
                return "." + WORD.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
            }
            return entry == null ? "" : entry.matches("\\d+") ? "[" + entry + "]" : "." + entry;
        }).collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return key + ": " + reason + ". " + remedy + ".";
    }
}
