package io.acmpintune.engine.publication;

/**
 * How much of a kind is applied without asking.
 *
 * @param createAtMost creations
 */
record GuardLimits(int createAtMost) {

    private static final int ALWAYS_BELIEVED = 50;
    private static final int ONE_IN = 20;

    /** The most clients of a kind that are applied without asking, of so many that the server has. */
    int limit(Guard guard, int present) {
        return switch (guard) {
            case CREATE -> createAtMost;
            case REMOVE -> Math.max(ALWAYS_BELIEVED, present / ONE_IN);
            case CHANGE -> Math.max(ALWAYS_BELIEVED, present / 2);
        };
    }
}
