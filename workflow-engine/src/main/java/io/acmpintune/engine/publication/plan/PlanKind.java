package io.acmpintune.engine.publication.plan;

/** What a plan does with a client in one ACMP server. */
public enum PlanKind {
    /** The server does not have it: client and mobile device are written. */
    CREATE,
    /** The server had it before us: its mobile-device record is written for the first time. */
    LINK,
    /** The server has outdated records of it. */
    UPDATE,
    /** Its device has left Intune, which the server does not know yet. */
    MARK_REMOVED,
    /** Its device left Intune long ago: the client is deleted in the server. */
    DELETE,
    /** There is nothing to do. */
    UNCHANGED,
    /** It is unclear which client it is; nothing is written until an administrator decides. */
    CONFLICT,
    /** A guard holds it, or an administrator has rejected it. */
    HELD,
    /** The server has refused it in its current version. */
    PARKED
}
