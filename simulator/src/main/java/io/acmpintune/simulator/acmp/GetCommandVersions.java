package io.acmpintune.simulator.acmp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import org.w3c.dom.Element;

/** Says in which versions commands exist; names that it does not know are left out. */
final class GetCommandVersions implements Command {

    private final Map<String, Command> commands;

    GetCommandVersions(Map<String, Command> commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "GetCommandVersions";
    }

    @Override
    public ListType list() {
        return ListType.COMMAND_NAMES;
    }

    @Override
    public Reply run(Element parameters) {
        return switch (ListReader.strings(parameters, ListType.COMMAND_NAMES.element())) {
            case ListReader.Read.Bad<String>(Reply.Refused refusal) -> refusal;
            case ListReader.Read.Items<String>(List<String> names) -> new Reply.Records("CommandVersions",
                    "TCommandVersion_V1", names.stream().filter(commands::containsKey).map(this::version).toList(),
                    true);
        };
    }

    private SequencedMap<String, String> version(String name) {
        var version = new LinkedHashMap<String, String>();
        version.put("CommandName", name);
        version.put("Versions", "1");
        return version;
    }
}
