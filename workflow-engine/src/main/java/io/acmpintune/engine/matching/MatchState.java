package io.acmpintune.engine.matching;

/** What a device is to its workflow. */
public enum MatchState {

    /** It is a client. */
    LINKED,
    /** It may be a client that another device is, and an operator has to say; ACMP is told nothing of it. */
    CONFLICT,
    /** It is a record that Intune kept when the device was enrolled again; its client went to the newer record. */
    SUPERSEDED,
    /** An operator wants nothing to be done with it. */
    IGNORED
}
