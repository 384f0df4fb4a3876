package io.acmpintune.engine.acmp.icql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static java.util.Collections.unmodifiableMap;

/**
 * The schemas of commands on an ACMP server.
 *
 * @param byCommand command name to the text of its XML Schema; without commands that the server does not know
 */
public record CommandSchemas(Map<String, String> byCommand) {

    public CommandSchemas {
        byCommand = unmodifiableMap(new TreeMap<>(byCommand));
    }

    /**
     * Returns the fields that the records of a command may have, in their order. One schema may describe several versions of its
     * command.
     *
     * @return empty if the server has no readable schema of the command in this version
     */
    public Optional<List<SchemaField>> fields(RecordCommand command, int version) {
        String schema = byCommand.get(command.command());
        return schema == null ? Optional.empty() : SchemaReader.fields(schema, command.type(version));
    }
}
