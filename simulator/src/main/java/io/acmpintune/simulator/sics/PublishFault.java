package io.acmpintune.simulator.sics;

/** A fault of SICS right after it has accepted a message. */
public enum PublishFault {
    /** Every session ends. */
    SESSIONS_END,
    /** The service restarts: sessions, virtual routers, targets and their messages are gone. */
    RESTART
}
