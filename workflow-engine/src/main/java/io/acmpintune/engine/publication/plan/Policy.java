package io.acmpintune.engine.publication.plan;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.workflow.Publishing;

/**
 * Settings for computing a plan.
 *
 * @param deleteBefore clients removed from Intune before this moment are deleted; null = none
 * @param lookUp whether clients are looked up in the server before they are created
 * @param createAtMost creations without a decision
 */
public record Policy(@Nullable Instant deleteBefore, boolean lookUp, int createAtMost) {

    private static final int MINIMUM_LIMIT = 50;
    private static final int REMOVED_FRACTION = 20;
    private static final int CHANGED_FRACTION = 2;

    public static Policy of(Publishing publishing, Instant now) {
        return new Policy(
                publishing.deleteRemovedAfter() == null ? null : now.minus(publishing.deleteRemovedAfter()),
                publishing.lookUp() == Publishing.LookUp.ALL, publishing.createAtMost());
    }

    /** Returns how many clients a guard lets through without a decision, in a server that has this many clients. */
    int limit(Guard guard, int serverClients) {
        return switch (guard) {
            case CREATE -> createAtMost;
            case REMOVE -> Math.max(MINIMUM_LIMIT, serverClients / REMOVED_FRACTION);
            case CHANGE -> Math.max(MINIMUM_LIMIT, serverClients / CHANGED_FRACTION);
        };
    }
}
