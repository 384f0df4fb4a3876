package io.acmpintune.simulator.acmp;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which versions of which commands a server offers. That {@code SaveClients} exists in versions 1 to 3 and {@code
 * SaveMobileDevices} in 1 and 2 is documented by Aagon; their additional fields are this project's assumption.
 *
 * @param byCommand versions by the command's name; a command without versions does not exist on the server
 */
public record CommandVersions(SortedMap<String, SortedSet<Integer>> byCommand) {

    private static final Map<String, Integer> LATEST = Map.of("GetCommandVersions", 1, "GetCommandSchemas", 1,
            "GetClientId", 1, "SaveClients", 3, "SaveMobileDevices", 2, "DeleteClients", 1);

    /** @throws IllegalArgumentException if a command or a version of it is not simulated */
    public CommandVersions {
        var copy = new TreeMap<String, SortedSet<Integer>>();
        byCommand.forEach((command, versions) -> copy.put(command, checked(command, versions)));
        byCommand = Collections.unmodifiableSortedMap(copy);
    }

    /** Version 1 of every command: the only one that Aagon shows in full. */
    public static CommandVersions first() {
        return upTo(Map.of());
    }

    /** Every version of every command. */
    public static CommandVersions all() {
        return upTo(LATEST);
    }

    /**
     * Reads {@code SaveClients:1,2,3;SaveMobileDevices:1,2}; other commands have version 1, and a named one without
     * versions does not exist.
     *
     * @throws IllegalArgumentException if the text is malformed or names something that is not simulated
     */
    public static CommandVersions parse(String text) {
        CommandVersions versions = first();
        for (String part : text.split(";", -1)) {
            int colon = part.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException(
                        "'" + part + "' should be of the form SaveClients:1,2,3, several of them parted by ;");
            }
            versions = versions.with(part.substring(0, colon), numbers(part.substring(colon + 1)));
        }
        return versions;
    }

    /** @throws IllegalArgumentException if the command or a version of it is not simulated */
    public CommandVersions with(String command, int... versions) {
        var all = new TreeMap<>(byCommand);
        all.put(command, IntStream.of(versions).boxed().collect(Collectors.toCollection(TreeSet::new)));
        return new CommandVersions(all);
    }

    SortedSet<Integer> of(String command) {
        return byCommand.getOrDefault(command, Collections.emptySortedSet());
    }

    private static CommandVersions upTo(Map<String, Integer> latest) {
        return new CommandVersions(LATEST.keySet()
                .stream()
                .collect(Collectors.toMap(command -> command,
                        command -> IntStream.rangeClosed(1, latest.getOrDefault(command, 1))
                                .boxed()
                                .collect(Collectors.toCollection(TreeSet::new)),
                        (a, b) -> a, TreeMap::new)));
    }

    /**
     * Returns the command's latest version.
     *
     * @throws IllegalArgumentException if there is no such command; the message lists those that are simulated
     */
    static int checkName(String command) {
        int latest = LATEST.getOrDefault(command, 0);
        if (latest == 0) {
            throw new IllegalArgumentException(
                    "no command is called '" + command + "'; there are " + new TreeSet<>(LATEST.keySet()));
        }
        return latest;
    }

    private static SortedSet<Integer> checked(String command, SortedSet<Integer> versions) {
        int latest = checkName(command);
        for (int version : versions) {
            if (version < 1 || version > latest) {
                throw new IllegalArgumentException(
                        command + " has no version " + version + "; it has 1 to " + latest);
            }
        }
        return Collections.unmodifiableSortedSet(new TreeSet<>(versions));
    }

    private static int[] numbers(String list) {
        try {
            return list.isEmpty()
                    ? new int[0]
                    : Arrays.stream(list.split(",", -1)).mapToInt(Integer::parseInt).toArray();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + list + "' should be versions such as 1,2,3", e);
        }
    }
}
