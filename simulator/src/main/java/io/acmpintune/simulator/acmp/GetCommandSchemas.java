package io.acmpintune.simulator.acmp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import org.w3c.dom.Element;

/** Describes the requests of commands, each as an XML Schema; names that it does not know are left out. */
final class GetCommandSchemas implements Command {

    private final Map<String, Command> commands;

    GetCommandSchemas(Map<String, Command> commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "GetCommandSchemas";
    }

    @Override
    public ListType list() {
        return ListType.COMMAND_NAMES;
    }

    @Override
    public Reply run(Element parameters) {
        return switch (ListReader.strings(parameters, ListType.COMMAND_NAMES.element())) {
            case ListReader.Read.Bad<String>(Reply.Refused refusal) -> refusal;
            case ListReader.Read.Items<String>(List<String> names) -> new Reply.Records("CommandSchemas",
                    "TCommandSchema_V1", names.stream().filter(commands::containsKey).map(this::schema).toList(), true);
        };
    }

    private SequencedMap<String, String> schema(String name) {
        var schema = new LinkedHashMap<String, String>();
        schema.put("CommandName", name);
        Command command = commands.get(name);
        schema.put("Schema", command == null ? "" : RequestSchema.of(command));
        return schema;
    }
}
