package io.acmpintune.engine.publication;

/** What is limited, because more of it at once than usual is more likely a mistake than meant. */
public enum Guard {
    /** Clients that are new to the server. */
    CREATE,
    /** Clients that are marked as removed, or deleted. */
    REMOVE,
    /** Clients of which something changes that does not change with each synchronization. */
    CHANGE
}
