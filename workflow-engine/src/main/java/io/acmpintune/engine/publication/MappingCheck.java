package io.acmpintune.engine.publication;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.acmpintune.engine.acmp.icql.RecordCommand;
import io.acmpintune.engine.acmp.icql.SchemaField;
import io.acmpintune.engine.inventory.WorkflowMappings;
import io.acmpintune.engine.mapping.MappingFault;
import io.acmpintune.engine.mapping.OfferedVersions;
import io.acmpintune.engine.mapping.SchemaCheck;

/** Checks whether a server accepts the records that a workflow's mapping produces. */
final class MappingCheck {

    private final String workflow;
    private final WorkflowMappings mappings;

    MappingCheck(String workflow, WorkflowMappings mappings) {
        this.workflow = workflow;
        this.mappings = mappings;
    }

    /** Returns a digest of the current mapping. */
    String digest() {
        return mappings.of(workflow).digest();
    }

    /** Chooses the versions in which records are sent, or reports where mapping and server disagree. */
    ServerCommands.Check check(String server, ServerCommands.Description description) {
        return switch (SchemaCheck.of(mappings.of(workflow), offered(RecordCommand.SAVE_CLIENTS, description),
                offered(RecordCommand.SAVE_MOBILE_DEVICES, description))) {
            case SchemaCheck.Fits(var client, var mobileDevice) ->
                new ServerCommands.Check.Usable(client, mobileDevice);
            case SchemaCheck.Unfit(var faults) ->
                new ServerCommands.Check.Unusable(new Exchange.Halted(text(server, faults), false));
        };
    }

    private static String text(String server, List<MappingFault> faults) {
        return "acmp.servers." + server + " does not accept the fields of the mapping. "
                + faults.stream().map(MappingFault::toString).collect(Collectors.joining(" "));
    }

    private static OfferedVersions offered(RecordCommand command, ServerCommands.Description description) {
        SortedMap<Integer, List<SchemaField>> byVersion = new TreeMap<>();
        SortedSet<Integer> versions = description.versions()
                .byCommand()
                .getOrDefault(command.command(), new TreeSet<>());
        versions.forEach(version -> byVersion.put(version,
                description.schemas().fields(command, version).orElse(List.of())));
        return new OfferedVersions(byVersion);
    }
}
