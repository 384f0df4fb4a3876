package io.acmpintune.engine.publication.plan;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.workflow.Publishing;

/**
 * Settings for computing a plan.
 *
 * @param deleteBefore clients removed from Intune before this moment are deleted; null = none
 * @param lookUp whether clients are looked up in the server before they are created
 */
public record Policy(@Nullable Instant deleteBefore, boolean lookUp, GuardLimits limits) {

    public static Policy of(Publishing publishing, Instant now) {
        return new Policy(
                publishing.deleteRemovedAfter() == null ? null : now.minus(publishing.deleteRemovedAfter()),
                publishing.lookUp() == Publishing.LookUp.ALL, new GuardLimits(publishing.createAtMost()));
    }
}
