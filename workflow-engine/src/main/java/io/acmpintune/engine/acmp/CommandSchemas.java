package io.acmpintune.engine.acmp;

import java.util.Map;
import java.util.TreeMap;

import static java.util.Collections.unmodifiableMap;

/**
 * How an ACMP server describes the commands it was asked about.
 *
 * @param byCommand command name to the text of its XML Schema; a command that the server does not know is missing
 */
public record CommandSchemas(Map<String, String> byCommand) {

    /** Copies the map. */
    public CommandSchemas {
        byCommand = unmodifiableMap(new TreeMap<>(byCommand));
    }
}
