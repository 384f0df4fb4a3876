package io.acmpintune.engine.matching;

/** The relation of a device to the clients of its workflow. */
public enum MatchState {

    /** The device is a client. */
    LINKED,
    /** It may be the client of another device; an operator has to decide, and nothing is published. */
    CONFLICT,
    /** Intune kept this record when the device was enrolled again; its client went to the newer record. */
    SUPERSEDED,
    /** An operator excluded it. */
    IGNORED
}
