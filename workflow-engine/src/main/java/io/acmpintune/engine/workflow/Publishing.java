package io.acmpintune.engine.workflow;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a workflow tells its ACMP servers.
 *
 * @param batchSize clients per message to ACMP
 * @param lookUp before which clients are created ACMP is asked whether it has them
 * @param lookUpLines look-ups that are under way at once, per server
 * @param deleteRemovedAfter how long after its device left Intune a client that we created is deleted; null = never
 * @param createAtMost creations within an hour that need nobody's consent
 * @param gather how long no further change must have come before a few are told
 */
public record Publishing(int batchSize, LookUp lookUp, int lookUpLines, Apply apply,
        @Nullable Duration deleteRemovedAfter, int createAtMost, Duration gather) {

    /** Before which clients are created ACMP is asked whether it has them. */
    public enum LookUp {
        /** Before every one. */
        ALL,
        /** Before none: saves time where an ACMP never had clients of these devices. */
        NONE
    }

    /** When a plan is applied. */
    public enum Apply {
        /** As soon as there is something to do. */
        AUTOMATIC,
        /** When a person asks for a run. */
        ON_REQUEST
    }
}
