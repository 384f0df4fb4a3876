package io.acmpintune.engine.workflow;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a workflow publishes to its ACMP servers.
 *
 * @param batchSize clients per message to ACMP
 * @param lookUp which clients are looked up in ACMP before they are created
 * @param lookUpLines look-ups in progress at the same time, per server
 * @param deleteRemovedAfter how long after its device left Intune a client that we created is deleted; null = never
 * @param createAtMost creations within an hour without approval
 * @param gather quiet time before a few changes are published
 */
public record Publishing(int batchSize, LookUp lookUp, int lookUpLines, Apply apply,
        @Nullable Duration deleteRemovedAfter, int createAtMost, Duration gather) {

    /** Which clients are looked up in ACMP before they are created. */
    public enum LookUp {
        /** All. */
        ALL,
        /** None: saves time if ACMP never had clients for these devices. */
        NONE
    }

    /** When a plan is applied. */
    public enum Apply {
        /** As soon as there are changes. */
        AUTOMATIC,
        /** When a user requests a run. */
        ON_REQUEST
    }
}
