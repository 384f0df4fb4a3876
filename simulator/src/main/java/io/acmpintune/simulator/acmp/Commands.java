package io.acmpintune.simulator.acmp;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The commands of one server in the offered versions. */
final class Commands {

    private final Map<String, Command<?>> byName;
    private volatile CommandVersions offered;

    Commands(Inventory inventory, Refusals refusals, CommandVersions offered) {
        this.offered = offered;
        this.byName = List
                .<Command<?>>of(new GetCommandVersions(this::versions), new GetCommandSchemas(this),
                        new GetClientId(inventory), new SaveClients(inventory, refusals),
                        new SaveMobileDevices(inventory, refusals),
                        new DeleteClients(inventory))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Command::name, Function.identity()));
    }

    void offer(CommandVersions versions) {
        offered = versions;
    }

    /** Returns the offered versions of a command; none if the server does not have it. */
    SortedSet<Integer> versions(String command) {
        return offered.of(command);
    }

    /** Returns the schema of an existing command. */
    String schema(String command) {
        Command<?> known = byName.get(command);
        if (known == null) {
            throw new IllegalArgumentException("there is no command " + command);
        }
        return RequestSchema.of(known, versions(command));
    }

    Reply run(IcqlRequest request) {
        for (int version : versions(request.command())) {
            Command<?> command = byName.get(request.command());
            if (command != null && request.version().equals(Integer.toString(version))) {
                return run(command, version, request);
            }
        }
        return Reply.Refused.invalid("there is no command " + request.command() + " version " + request.version());
    }

    private static <T> Reply run(Command<T> command, int version, IcqlRequest request) {
        return switch (command.request(version).read(request.parameters())) {
            case RequestFormat.Read.Bad<T>(Reply.Refused refusal) -> refusal;
            case RequestFormat.Read.Good<T>(T content) -> command.run(version, content);
        };
    }
}
