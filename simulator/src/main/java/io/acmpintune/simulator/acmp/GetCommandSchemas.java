package io.acmpintune.simulator.acmp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Returns an XML Schema of each command's request; unknown names are left out. */
final class GetCommandSchemas implements Command<List<String>> {

    private final Commands commands;

    GetCommandSchemas(Commands commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "GetCommandSchemas";
    }

    @Override
    public RequestFormat<List<String>> request(int version) {
        return RequestFormat.Strings.COMMAND_NAMES;
    }

    @Override
    public Reply run(int version, List<String> names) {
        return new Reply.Records("CommandSchemas", "TCommandSchema_V1",
                names.stream().filter(name -> !commands.versions(name).isEmpty()).map(this::schema).toList(), true);
    }

    private SequencedMap<String, String> schema(String name) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("CommandName", name);
        fields.put("Schema", commands.schema(name));
        return fields;
    }
}
