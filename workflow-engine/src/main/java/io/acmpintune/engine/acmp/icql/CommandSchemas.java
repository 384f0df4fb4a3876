package io.acmpintune.engine.acmp.icql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * The fields of the records that a command saves, in their order: what a mapping may send. One schema may describe several
     * versions of its command.
     *
     * @return empty if the server did not describe the command in this version, or not in a way that we understand
     */
    public Optional<List<SchemaField>> fields(RecordCommand command, int version) {
        String schema = byCommand.get(command.command());
        return schema == null ? Optional.empty() : SchemaReader.fields(schema, command.type(version));
    }
}
