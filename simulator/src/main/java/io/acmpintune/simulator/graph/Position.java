package io.acmpintune.simulator.graph;

import java.util.Comparator;

/** A device's position in a list. Intune pages by name, then id. */
record Position(String name, String id) implements Comparable<Position> {

    private static final Comparator<Position> ORDER = Comparator.comparing(Position::name)
            .thenComparing(Position::id);

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
