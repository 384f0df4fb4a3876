package io.acmpintune.engine.acmp;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import static java.util.Collections.emptySortedSet;
import static java.util.Collections.unmodifiableMap;
import static java.util.Collections.unmodifiableSortedSet;

/**
 * The versions of commands that an ACMP server has.
 *
 * @param byCommand command name to its versions; without commands that the server does not know
 */
public record CommandVersions(Map<String, SortedSet<Integer>> byCommand) {

    public CommandVersions {
        SortedMap<String, SortedSet<Integer>> copy = new TreeMap<>();
        byCommand.forEach((command, versions) -> copy.put(command, unmodifiableSortedSet(new TreeSet<>(versions))));
        byCommand = unmodifiableMap(copy);
    }

    /** Whether the server has this version of the command. */
    public boolean offers(String command, int version) {
        return byCommand.getOrDefault(command, emptySortedSet()).contains(version);
    }
}
