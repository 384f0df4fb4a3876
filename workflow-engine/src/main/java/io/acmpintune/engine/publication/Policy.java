package io.acmpintune.engine.publication;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.workflow.Publishing;

/**
 * By what a plan is made.
 *
 * @param deleteBefore who left Intune before is deleted; null = nobody is
 * @param lookUp whether the server is asked for a client before it is created
 */
record Policy(@Nullable Instant deleteBefore, boolean lookUp, GuardLimits limits) {

    static Policy of(Publishing publishing, Instant now) {
        return new Policy(
                publishing.deleteRemovedAfter() == null ? null : now.minus(publishing.deleteRemovedAfter()),
                publishing.lookUp() == Publishing.LookUp.ALL, new GuardLimits(publishing.createAtMost()));
    }
}
