package io.acmpintune.engine.publication.plan;

/** A kind of change that is held for a decision when there is unusually much of it, since that is more often a mistake than intended. */
public enum Guard {
    /** Clients that are new to the server. */
    CREATE,
    /** Clients that are marked as removed, or deleted. */
    REMOVE,
    /** Clients whose stable fields change; fields that change with every synchronization do not count. */
    CHANGE
}
