package io.acmpintune.engine.safety;

import java.util.Collection;
import java.util.List;

import io.acmpintune.model.action.Impact;

/** How many devices an order affects, by impact. */
public record Affected(int harmless, int disruptive, int destructive) {

    private static final Affected NONE = new Affected(0, 0, 0);

    public Affected {
        if (harmless < 0 || disruptive < 0 || destructive < 0) {
            throw new IllegalArgumentException("a number of devices is negative");
        }
    }

    /** Returns as many devices as there are impacts. */
    public static Affected of(Collection<Impact> impacts) {
        return impacts.stream().map(impact -> of(impact, 1)).reduce(NONE, Affected::plus);
    }

    /** Returns devices of one impact. */
    public static Affected of(Impact impact, int devices) {
        return switch (impact) {
            case HARMLESS -> new Affected(devices, 0, 0);
            case DISRUPTIVE -> new Affected(0, devices, 0);
            case DESTRUCTIVE -> new Affected(0, 0, devices);
        };
    }

    private Affected plus(Affected other) {
        return new Affected(harmless + other.harmless, disruptive + other.disruptive, destructive + other.destructive);
    }

    /** Returns the number of devices with an impact. */
    public int with(Impact impact) {
        return switch (impact) {
            case HARMLESS -> harmless;
            case DISRUPTIVE -> disruptive;
            case DESTRUCTIVE -> destructive;
        };
    }

    /** Returns the number of all devices. */
    public int total() {
        return harmless + disruptive + destructive;
    }

    /** Returns the greatest impact of the order, by which it is judged as a whole. */
    public Impact impact() {
        return destructive > 0 ? Impact.DESTRUCTIVE : disruptive > 0 ? Impact.DISRUPTIVE : Impact.HARMLESS;
    }

    /** Returns the impacts that have limits, the greatest first. */
    List<Impact> limited() {
        return List.of(Impact.DESTRUCTIVE, Impact.DISRUPTIVE).stream().filter(impact -> with(impact) > 0).toList();
    }
}
