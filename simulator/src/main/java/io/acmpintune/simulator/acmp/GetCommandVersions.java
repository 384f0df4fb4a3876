package io.acmpintune.simulator.acmp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Returns the versions of commands; unknown names are left out. */
final class GetCommandVersions implements Command<List<String>> {

    private final Function<String, SortedSet<Integer>> versions;

    GetCommandVersions(Function<String, SortedSet<Integer>> versions) {
        this.versions = versions;
    }

    @Override
    public String name() {
        return "GetCommandVersions";
    }

    @Override
    public RequestFormat<List<String>> request(int version) {
        return RequestFormat.Strings.COMMAND_NAMES;
    }

    @Override
    public Reply run(int version, List<String> names) {
        return new Reply.Records("CommandVersions", "TCommandVersion_V1",
                names.stream().filter(name -> !versions.apply(name).isEmpty()).map(this::versions).toList(), true);
    }

    private SequencedMap<String, String> versions(String name) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("CommandName", name);
        fields.put("Versions", versions.apply(name).stream().map(String::valueOf).collect(Collectors.joining(",")));
        return fields;
    }
}
