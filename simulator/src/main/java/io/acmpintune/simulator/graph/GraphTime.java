package io.acmpintune.simulator.graph;

import java.time.Instant;

/** Formats instants as Intune does: in UTC, with at most seven fraction digits. */
final class GraphTime {

    static final String NEVER = "0001-01-01T00:00:00Z";
    static final String FOREVER = "9999-12-31T23:59:59Z";
    static final String FOREVER_TO_THE_TICK = "9999-12-31T23:59:59.9999999Z";

    private GraphTime() {}

    static String text(Instant instant) {
        String text = instant.toString();
        int dot = text.indexOf('.');
        return dot >= 0 && text.length() - dot > 9 ? text.substring(0, dot + 8) + "Z" : text;
    }
}
