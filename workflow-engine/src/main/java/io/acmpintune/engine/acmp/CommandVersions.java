package io.acmpintune.engine.acmp;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import static java.util.Collections.emptySortedSet;
import static java.util.Collections.unmodifiableMap;
import static java.util.Collections.unmodifiableSortedSet;

/**
 * Which versions an ACMP server has of the commands it was asked about.
 *
 * @param byCommand command name to its versions; a command that the server does not know is missing
 */
public record CommandVersions(Map<String, SortedSet<Integer>> byCommand) {

    /** Copies the map. */
    public CommandVersions {
        TreeMap<String, SortedSet<Integer>> copy = new TreeMap<String, SortedSet<Integer>>();
        byCommand.forEach((command, versions) -> copy.put(command, unmodifiableSortedSet(new TreeSet<>(versions))));
        byCommand = unmodifiableMap(copy);
    }

    /** Whether the server has this version of the command. */
    public boolean offers(String command, int version) {
        return byCommand.getOrDefault(command, emptySortedSet()).contains(version);
    }
}
