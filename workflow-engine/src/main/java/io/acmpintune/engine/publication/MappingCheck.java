package io.acmpintune.engine.publication;

/** Whether a server takes what a workflow's mapping makes. */
interface MappingCheck {

    /** Tells one mapping from another. */
    String digest();

    /** Chooses the versions in which a server is sent records, or says what the mapping and the server disagree about. */
    ServerCommands.Checked check(String server, ServerCommands.Description description);
}
