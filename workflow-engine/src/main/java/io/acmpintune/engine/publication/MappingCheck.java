package io.acmpintune.engine.publication;

/** Checks whether a server accepts the records that a workflow's mapping produces. */
interface MappingCheck {

    /** Returns a digest of the current mapping. */
    String digest();

    /** Chooses the versions in which records are sent, or reports where mapping and server disagree. */
    ServerCommands.Check check(String server, ServerCommands.Description description);
}
