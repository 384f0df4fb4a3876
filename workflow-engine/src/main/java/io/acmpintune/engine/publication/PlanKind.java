package io.acmpintune.engine.publication;

/** What a plan says of a client in one ACMP server. */
public enum PlanKind {
    /** The server does not have it: client and mobile device are written. */
    CREATE,
    /** The server had it before us: its mobile-device data is written for the first time. */
    LINK,
    /** The server knows it otherwise than it is. */
    UPDATE,
    /** Its device has left Intune, and the server does not know that. */
    MARK_REMOVED,
    /** Its device left Intune long ago: the client is deleted in the server. */
    DELETE,
    /** There is nothing to do. */
    UNCHANGED,
    /** A person has to decide which client it is; nothing goes to the server. */
    CONFLICT,
    /** A guard keeps it back, or a person has rejected it. */
    HELD,
    /** The server has refused it as it is. */
    PARKED
}
