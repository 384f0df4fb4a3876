package io.acmpintune.engine.publication.plan;

/**
 * How many clients each guard lets through without a decision.
 *
 * @param createAtMost limit of creations
 */
public record GuardLimits(int createAtMost) {

    private static final int MINIMUM = 50;
    private static final int REMOVED_FRACTION = 20;
    private static final int CHANGED_FRACTION = 2;

    /** Returns the limit of a guard in a server that has this many clients. */
    int limit(Guard guard, int serverClients) {
        return switch (guard) {
            case CREATE -> createAtMost;
            case REMOVE -> Math.max(MINIMUM, serverClients / REMOVED_FRACTION);
            case CHANGE -> Math.max(MINIMUM, serverClients / CHANGED_FRACTION);
        };
    }
}
